"""`Definitions`: everything of one code location."""

from collections.abc import Callable, Collection, Iterable, Mapping
from typing import Any, Never

from orchestrator.definitions.asset_jobs import AssetJob
from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.executors import ExecutorDefinition
from orchestrator.definitions.functions import caller_source, source_of
from orchestrator.definitions.graphs import GraphDefinition
from orchestrator.definitions.jobs import ALL_ASSETS_JOB, JobDefinition, check_loggers
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.metadata import coerce_metadata
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.specs import AssetSpec
from orchestrator.definitions.upward import fetch
from orchestrator.errors import DefinitionError, MergeError, ReturnedError, SourceRef, UnknownDefinitionError


class Definitions:
    """The assets, jobs and resources of one code location.

    Args:
        assets: assets, and specs of assets that are made elsewhere.
        jobs: of ops (`@job`, `graph.to_job()`) and of assets (`define_asset_job`).
        schedules: what requests runs at given times. The jobs and assets that they hold need not be given again.
        sensors: what requests runs when it finds something to do. Likewise.
        resources: any objects, by key; `io_manager` replaces the default IO manager.
        executor: what runs the steps of jobs that name no executor.
        loggers: `LoggerDefinition`s, by key.
        metadata: facts about the code location, for people.

    Raises:
        DefinitionError: something in a list is not what belongs there.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """

    def __init__(
        self,
        assets: Iterable[AssetsDefinition | AssetSpec] | None = None,
        *,
        jobs: Iterable[AssetJob | JobDefinition] | None = None,
        schedules: Iterable[Any] | None = None,
        sensors: Iterable[Any] | None = None,
        resources: Mapping[str, Any] | None = None,
        executor: ExecutorDefinition | None = None,
        loggers: Mapping[str, Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
        **refused: Any,
    ) -> None:
        self.source = caller_source()
        # empty lists of what is not there yet do no harm
        given = {name: value for name, value in refused.items() if value or name not in _COMING}
        refuse_parameters(given, "Definitions", _PARAMETERS, self.source)
        self.assets: tuple[AssetsDefinition | AssetSpec, ...] = _checked(
            assets, (AssetsDefinition, AssetSpec), "assets", self.source
        )
        self.jobs: tuple[AssetJob | JobDefinition, ...] = _checked(jobs, (AssetJob, JobDefinition), "jobs", self.source)
        #: `ScheduleDefinition`s and `SensorDefinition`s, whose modules are loaded by whoever makes one.
        self.schedules: tuple[Any, ...] = _automations(schedules, "schedule", self.source)
        self.sensors: tuple[Any, ...] = _automations(sensors, "sensor", self.source)
        if self.schedules or self.sensors:
            targets = [one.target for one in (*self.schedules, *self.sensors)]
            self.jobs = tuple(_unique((*self.jobs, *(job for target in targets for job in target.jobs))))
            keys = {key for item in self.assets if isinstance(item, AssetsDefinition) for key in item.keys}
            held = (item for target in targets for item in target.assets if keys.isdisjoint(item.keys))
            self.assets = tuple(_unique((*self.assets, *held)))
        own = (getattr(spec, "resource_defs", None) for spec in self.assets if isinstance(spec, AssetSpec))
        self.resources: dict[str, Any] = {key: value for found in own for key, value in (found or {}).items()}
        self.resources |= _by_name(resources, "resources", self.source)
        if executor is not None and not isinstance(executor, ExecutorDefinition):
            raise DefinitionError(f"executor is {executor!r:.80}, which is no executor", sources=(self.source,))
        self.executor = executor
        self.loggers: dict[str, Any] = check_loggers(loggers, "Definitions", self.source)
        self.metadata = coerce_metadata(metadata, "Definitions")

    def resolve_job_def(self, name: str) -> JobDefinition:
        """The job with this name, ready to run.

        Raises:
            UnknownDefinitionError: there is none.
        """
        self._check_lookup()
        for job in (*self.jobs, *self._jobs_of_assets()):
            if job.name == name:
                return self._resolved(job)
        if name == ALL_ASSETS_JOB and self.assets:
            return self._job_of_all_assets()
        raise UnknownDefinitionError(
            f"there is no job `{name}`", hint=did_you_mean(name, [job.name for job in self.jobs])
        )

    def get_job_def(self, name: str) -> JobDefinition:
        """The job with this name. See `resolve_job_def`."""
        return self.resolve_job_def(name)

    def resolve_all_job_defs(self) -> list[JobDefinition]:
        """Every job, ready to run; the job of all assets first, if there are any.

        Raises:
            DefinitionError: the definitions do not fit together.
        """
        Definitions.validate_loadable(self)
        jobs = [self._resolved(job) for job in (*self.jobs, *self._jobs_of_assets())]
        return [self._job_of_all_assets(), *jobs] if self.assets else jobs

    def has_implicit_global_asset_job_def(self) -> bool:
        """Whether there are assets, and so a job of all of them."""
        return bool(self.assets)

    def resolve_implicit_global_asset_job_def(self) -> JobDefinition:
        """The job of all assets, ready to run.

        Raises:
            UnknownDefinitionError: there are no assets.
        """
        return self.resolve_job_def(ALL_ASSETS_JOB)

    def get_implicit_global_asset_job_def(self) -> JobDefinition:
        """The job of all assets. See `resolve_implicit_global_asset_job_def`."""
        return self.resolve_implicit_global_asset_job_def()

    def resolve_schedule_def(self, name: str) -> Any:
        """The schedule with this name: a `ScheduleDefinition`.

        Raises:
            UnknownDefinitionError: there is none.
        """
        return self._named(self.schedules, "schedule", name)

    def get_schedule_def(self, name: str) -> Any:
        """The schedule with this name. See `resolve_schedule_def`."""
        return self.resolve_schedule_def(name)

    def resolve_sensor_def(self, name: str) -> Any:
        """The sensor with this name: a `SensorDefinition`.

        Raises:
            UnknownDefinitionError: there is none.
        """
        return self._named(self.sensors, "sensor", name)

    def get_sensor_def(self, name: str) -> Any:
        """The sensor with this name. See `resolve_sensor_def`."""
        return self.resolve_sensor_def(name)

    def resolve_asset_graph(self) -> Any:
        """The assets, and what depends on what: an `AssetGraphView`.

        Raises:
            DefinitionError: the definitions do not fit together.
        """
        return fetch("workspace.asset_graphs", "graph_of_definitions")(self)

    def get_assets_def(self, key: CoercibleToAssetKey) -> AssetsDefinition:
        """The definition that makes an asset.

        Raises:
            UnknownDefinitionError: there is none.
        """
        self._check_lookup()
        wanted = AssetKey(key)
        computed = [item for item in self.assets if isinstance(item, AssetsDefinition)]
        for item in computed:
            if wanted in item.keys:
                return item
        known = [key_text(one) for item in computed for one in item.keys]
        raise UnknownDefinitionError(
            f"no asset `{key_text(wanted)}` is computed here", hint=did_you_mean(key_text(wanted), known)
        )

    def resolve_assets_def(self, key: CoercibleToAssetKey) -> AssetsDefinition:
        """The definition that makes an asset. See `get_assets_def`."""
        return self.get_assets_def(key)

    def resolve_all_asset_specs(self) -> list[AssetSpec]:
        """What is said about every asset, those that are only depended on too.

        Raises:
            DefinitionError: the definitions do not fit together.
        """
        return fetch("workspace.asset_graphs", "specs_of_definitions")(self)  # type: ignore[no-any-return]

    def get_all_asset_specs(self) -> list[AssetSpec]:
        """What is said about every asset. See `resolve_all_asset_specs`."""
        return self.resolve_all_asset_specs()

    def resolve_all_asset_keys(self) -> list[AssetKey]:
        """The keys of all assets, those that are only depended on too."""
        return [spec.key for spec in self.resolve_all_asset_specs()]

    def map_asset_specs(self, *, func: Callable[[AssetSpec], AssetSpec], selection: Any = None) -> "Definitions":
        """The same definitions with every spec replaced by what `func` makes of it.

        Raises:
            DefinitionError: `func` changed a key, or a selection is given.
        """
        if selection is not None:
            raise DefinitionError(
                "map_asset_specs changes all assets", hint="use map_resolved_asset_specs(selection=...)"
            )
        return self._mapped(func, None)

    def map_resolved_asset_specs(
        self, *, func: Callable[[AssetSpec], AssetSpec], selection: Any = None
    ) -> "Definitions":
        """The same definitions with the specs of selected assets replaced by what `func` makes of them.

        Raises:
            DefinitionError: `func` changed a key, or the definitions do not fit together.
            SelectionError: the selection names what does not exist.
        """
        graph = self.resolve_asset_graph()
        return self._mapped(func, None if selection is None else graph.keys_of(selection))

    def with_resources(self, resources: Mapping[str, Any] | None) -> "Definitions":
        """The same definitions with more resources; its own win."""
        return self._replace(resources={**(resources or {}), **self.resources})

    def with_definition_metadata_update(
        self, update: Callable[[Mapping[str, Any]], Mapping[str, Any]]
    ) -> "Definitions":
        """The same definitions with the metadata that a function makes of theirs."""
        return self._replace(metadata=update(self.metadata))

    def _mapped(self, func: Callable[[AssetSpec], AssetSpec], only: Collection[AssetKey] | None) -> "Definitions":
        def change(spec: AssetSpec) -> AssetSpec:
            if only is not None and spec.key not in only:
                return spec
            changed = func(spec)
            if changed.key != spec.key:
                raise DefinitionError(f"map_asset_specs changed the key {spec.key} to {changed.key}")
            return changed

        mapped = [change(item) if isinstance(item, AssetSpec) else item.map_asset_specs(change) for item in self.assets]
        return self._replace(assets=mapped)

    def _named(self, items: Collection[Any], kind: str, name: str) -> Any:
        self._check_lookup()
        for one in items:
            if one.name == name:
                return one
        raise UnknownDefinitionError(
            f"there is no {kind} `{name}`", hint=did_you_mean(name, [one.name for one in items])
        )

    def _jobs_of_assets(self) -> list[AssetJob]:
        """The jobs that stand for the assets which schedules and sensors are for."""
        items = [*self.schedules, *self.sensors]
        return [one.target.job_of_assets(one.name) for one in items if one.target.selection is not None]

    def _check_lookup(self) -> None:
        if spoken().lookups_check_all:
            Definitions.validate_loadable(self)

    def _replace(self, **changes: Any) -> "Definitions":
        return Definitions(**{name: getattr(self, name) for name in _PARAMETERS} | changes)

    def _resolved(self, job: AssetJob | JobDefinition) -> JobDefinition:
        if isinstance(job, AssetJob):
            fetch("in_process", "check_asset_job")(self, job)
            return job.resolve(self)
        job = job.with_default_loggers(self.loggers) if self.loggers else job
        job = job.with_defaults(self.resources, self.executor)
        fetch("workspace.describe", "check_job_resources")(job, job.resource_defs)
        return job

    def _job_of_all_assets(self) -> JobDefinition:
        return AssetJob(name=ALL_ASSETS_JOB, selection=None, source=self.source).resolve(self)

    @staticmethod
    def validate_loadable(defs: "Definitions") -> None:
        """Check that everything fits together: keys, resources, jobs.

        Raises:
            DefinitionError: something does not.
        """
        fetch("in_process", "check_definitions")(defs)

    @staticmethod
    def merge(*definitions: "Definitions") -> "Definitions":
        """One `Definitions` that holds what all of them hold.

        Raises:
            MergeError: two of them give different objects for one resource or logger, or different executors.
        """
        resources: dict[str, Any] = {}
        loggers: dict[str, Any] = {}
        executors: dict[str, Any] = {}
        metadata: dict[str, Any] = {}
        owners: dict[tuple[str, str], SourceRef] = {}
        for one in definitions:
            if not isinstance(one, Definitions):
                raise DefinitionError(f"Definitions.merge takes Definitions, got {type(one).__name__}")
            _merge(resources, one.resources, "resource", one.source, owners)
            _merge(loggers, one.loggers, "logger", one.source, owners)
            _merge(executors, {} if one.executor is None else {"executor": one.executor}, "", one.source, owners)
            metadata |= one.metadata
        return Definitions(
            assets=_unique(item for one in definitions for item in one.assets),
            jobs=_unique(job for one in definitions for job in one.jobs),
            schedules=_unique(item for one in definitions for item in one.schedules),
            sensors=_unique(item for one in definitions for item in one.sensors),
            resources=resources,
            executor=executors.get("executor"),
            loggers=loggers,
            metadata=metadata,
        )

    def load_asset_value(
        self,
        asset_key: CoercibleToAssetKey,
        *,
        python_type: type[Any] | None = None,
        instance: Any = None,
        metadata: Mapping[str, Any] | None = None,
        **refused: Never,
    ) -> Any:
        """The stored value of an asset, outside a run.

        Args:
            asset_key: the asset.
            python_type: what the value is to be, for IO managers that load by type.
            instance: where runs were recorded; the home in the working directory if left out.
            metadata: told to the IO manager as the metadata of the input.
            refused: anything else; raises.

        Raises:
            UnknownNameError: there is no such asset.
            StoredValueError: nothing is stored for it.
        """
        refuse_parameters(refused, "load_asset_value", ("asset_key", "python_type", "instance", "metadata"))
        with self.get_asset_value_loader(instance) as loader:
            return loader.load_asset_value(asset_key, python_type=python_type, metadata=metadata)

    def get_asset_value_loader(self, instance: Any = None) -> Any:
        """What loads several values, one after another: an `AssetValueLoader`.

        Args:
            instance: where runs were recorded; the home in the working directory if left out.
        """
        return fetch("values", "loader_of")(self, instance)

    def __repr__(self) -> str:
        return f"<Definitions: {len(self.assets)} assets, {len(self.jobs)} jobs>"


class LazyDefinitions:
    """A function that makes `Definitions` when the code location is loaded. Made by `@definitions`."""

    def __init__(self, function: Callable[[], Definitions]) -> None:
        self.function = function
        self.source = source_of(function)

    def resolve(self) -> Definitions:
        """Call the function.

        Raises:
            ReturnedError: it returned something else.
        """
        made: object = self.function()
        if not isinstance(made, Definitions):
            name = getattr(self.function, "__name__", "the function")
            raise ReturnedError(
                f"`{name}` must return Definitions, it returned {type(made).__name__}", sources=(self.source,)
            )
        return made

    def __call__(self) -> Definitions:
        """Call the function. See `resolve`."""
        return self.resolve()


def definitions(function: Callable[[], Definitions]) -> LazyDefinitions:
    """Make a function without arguments the source of a code location's `Definitions`."""
    return LazyDefinitions(function)


_PARAMETERS = ("assets", "jobs", "schedules", "sensors", "resources", "executor", "loggers", "metadata")
_COMING = ("asset_checks", "component_tree")


def _by_name(given: object, what: str, source: SourceRef) -> dict[str, Any]:
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise DefinitionError(
            f"{what} must be a dict, got {type(given).__name__}", hint=f'{what}={{"name": object}}', sources=(source,)
        )
    for name in given:
        if not isinstance(name, str):
            raise DefinitionError(f"{what} are named by strings, got {name!r:.80}", sources=(source,))
    return dict(given)


def _merge(
    into: dict[str, Any],
    more: Mapping[str, Any],
    kind: str,
    source: SourceRef,
    owners: dict[tuple[str, str], SourceRef],
) -> None:
    for name, value in more.items():
        if name in into and into[name] is not value and not (kind == "resource" and _equal(into[name], value)):
            what = f"{kind} `{name}` is two different objects" if kind else "there are two different executors"
            raise MergeError(what, sources=(owners[kind, name], source))
        into[name] = value
        owners[kind, name] = source


def _equal(one: object, other: object) -> bool:
    """Whether two values are the same for sure: an array, say, cannot tell."""
    return type(one) is type(other) and isinstance(one, str | int | float | bytes) and one == other


def _unique(items: Iterable[Any]) -> list[Any]:
    return list({id(item): item for item in items}.values())


def _checked(items: Any, kinds: tuple[type, ...], name: str, source: SourceRef) -> tuple[Any, ...]:
    if items is None:
        return ()
    if isinstance(items, str | Mapping) or not isinstance(items, Iterable):
        raise DefinitionError(
            f"{name} of Definitions must be a list, got {type(items).__name__}", hint=f"{name}=[...]", sources=(source,)
        )
    found = _unique(items)
    for item in found:
        if not isinstance(item, kinds):
            raise DefinitionError(
                f"{name} of Definitions holds {getattr(item, '__name__', None) or repr(item):.80}, "
                f"which is no {' or '.join(kind.__name__ for kind in kinds)}",
                hint=_hint_for(item),
                sources=(source,),
            )
    return tuple(found)


def automation_kind(value: object) -> str:
    """`schedule` or `sensor` if it is one, else nothing; a plain project need not load what both are made of."""
    found: str = getattr(type(value), "automation_kind", "")
    return found


def _automations(items: Any, kind: str, source: SourceRef) -> tuple[Any, ...]:
    if not items and isinstance(items, list | tuple | None):
        return ()
    found = _checked(items, (object,), f"{kind}s", source)
    for item in found:
        if automation_kind(item) != kind:
            raise DefinitionError(
                f"{kind}s of Definitions holds {getattr(item, '__name__', None) or repr(item):.80}, which is no {kind}",
                hint=f"did you forget @{kind}?" if callable(item) else None,
                sources=(source,),
            )
    return found


def _hint_for(item: object) -> str | None:
    if isinstance(item, GraphDefinition):
        return f"a job is made of a graph by {item.name}.to_job()"
    if type(item).__name__ == "module":
        return "use load_assets_from_modules([module])"
    if isinstance(item, list | tuple):
        return "spread the list: assets=[*those, this]"
    return "did you forget @asset?" if callable(item) else None
