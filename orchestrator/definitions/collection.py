"""`Definitions`: everything of one code location."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Never

from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.functions import caller_source, source_of
from orchestrator.definitions.graphs import GraphDefinition
from orchestrator.definitions.jobs import AssetJob, ExecutorDefinition, JobDefinition, check_loggers
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.specs import AssetSpec
from orchestrator.definitions.upward import fetch
from orchestrator.errors import DefinitionError, DuplicateDefinitionError, SourceRef, UnknownNameError


class Definitions:
    """The assets, jobs and resources of one code location.

    Args:
        assets: assets, and specs of assets that are made elsewhere.
        jobs: of ops (`@job`, `graph.to_job()`) and of assets (`define_asset_job`).
        resources: any objects, by key; `io_manager` replaces the default IO manager.
        executor: what runs the steps of jobs that name no executor.
        loggers: `LoggerDefinition`s, by key.

    Raises:
        DefinitionError: something in a list is not what belongs there.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """

    def __init__(
        self,
        assets: Iterable[AssetsDefinition | AssetSpec] | None = None,
        *,
        jobs: Iterable[AssetJob | JobDefinition] | None = None,
        resources: Mapping[str, Any] | None = None,
        executor: ExecutorDefinition | None = None,
        loggers: Mapping[str, Any] | None = None,
        **refused: Any,
    ) -> None:
        self.source = caller_source()
        # empty lists of what is not there yet do no harm
        given = {name: value for name, value in refused.items() if value or name in ("metadata", "component_tree")}
        refuse_parameters(given, "Definitions", ("assets", "jobs", "resources", "executor"), self.source)
        self.assets: tuple[AssetsDefinition | AssetSpec, ...] = _checked(
            assets, (AssetsDefinition, AssetSpec), "assets", self.source
        )
        self.jobs: tuple[AssetJob | JobDefinition, ...] = _checked(jobs, (AssetJob, JobDefinition), "jobs", self.source)
        if resources is not None and not isinstance(resources, Mapping):
            raise DefinitionError(
                f"resources must be a dict, got {type(resources).__name__}",
                hint='resources={"name": object}',
                sources=(self.source,),
            )
        own = (getattr(spec, "resource_defs", None) for spec in self.assets if isinstance(spec, AssetSpec))
        self.resources: dict[str, Any] = {key: value for found in own for key, value in (found or {}).items()}
        self.resources.update(resources or {})
        keys: list[Any] = [key for key in [*self.resources] if not issubclass(type(key), str)]
        if keys:
            raise DefinitionError(f"a resource has the key {keys[0]!r}; keys must be strings", sources=(self.source,))
        if executor is not None and not isinstance(executor, ExecutorDefinition):
            raise DefinitionError(f"executor is {executor!r:.80}, which is no executor", sources=(self.source,))
        self.executor = executor
        self.loggers: dict[str, Any] = check_loggers(loggers, "Definitions", self.source)

    def resolve_job_def(self, name: str) -> JobDefinition:
        """The job with this name, ready to run.

        Raises:
            UnknownNameError: there is none.
        """
        for job in self.jobs:
            if job.name == name:
                return self._resolved(job)
        raise UnknownNameError(f"there is no job `{name}`", hint=did_you_mean(name, [job.name for job in self.jobs]))

    def get_job_def(self, name: str) -> JobDefinition:
        """The job with this name. See `resolve_job_def`."""
        return self.resolve_job_def(name)

    def get_assets_def(self, key: CoercibleToAssetKey) -> AssetsDefinition:
        """The definition that makes an asset.

        Raises:
            UnknownNameError: there is none.
        """
        wanted = AssetKey(key)
        computed = [item for item in self.assets if isinstance(item, AssetsDefinition)]
        for item in computed:
            if wanted in item.keys:
                return item
        known = [key_text(one) for item in computed for one in item.keys]
        raise UnknownNameError(
            f"no asset `{key_text(wanted)}` is computed here", hint=did_you_mean(key_text(wanted), known)
        )

    def resolve_assets_def(self, key: CoercibleToAssetKey) -> AssetsDefinition:
        """The definition that makes an asset. See `get_assets_def`."""
        return self.get_assets_def(key)

    def get_all_asset_specs(self) -> list[AssetSpec]:
        """What is said about every asset, sorted by key."""
        specs = [spec for item in self.assets for spec in ((item,) if isinstance(item, AssetSpec) else item.specs)]
        return sorted(specs, key=lambda spec: spec.key)

    def resolve_all_asset_specs(self) -> list[AssetSpec]:
        """What is said about every asset. See `get_all_asset_specs`."""
        return self.get_all_asset_specs()

    def _resolved(self, job: AssetJob | JobDefinition) -> JobDefinition:
        if isinstance(job, AssetJob):
            fetch("in_process", "check_asset_job")(self, job)
            return job.resolve(self)
        job = job.with_default_loggers(self.loggers) if self.loggers else job
        return job.with_top_level_resources(self.resources) if self.resources else job

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
            DuplicateDefinitionError: two of them give different objects for one resource key, or different executors.
        """
        resources: dict[str, Any] = {}
        loggers: dict[str, Any] = {}
        owners: dict[str, SourceRef] = {}
        executor: ExecutorDefinition | None = None
        for one in definitions:
            if not isinstance(one, Definitions):
                raise DefinitionError(f"Definitions.merge takes Definitions, got {type(one).__name__}")
            for key, value in one.resources.items():
                if key in resources and resources[key] is not value:
                    raise DuplicateDefinitionError(
                        f"resource `{key}` is two different objects", sources=(owners[key], one.source)
                    )
                resources[key] = value
                owners[key] = one.source
            loggers |= one.loggers
            if one.executor is not None:
                if executor is not None and executor is not one.executor:
                    raise DuplicateDefinitionError("two different executors", sources=(one.source,))
                executor = one.executor
        return Definitions(
            assets=_unique(item for one in definitions for item in one.assets),
            jobs=_unique(job for one in definitions for job in one.jobs),
            resources=resources,
            executor=executor,
            loggers=loggers,
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
            DefinitionError: it returned something else.
        """
        made: object = self.function()
        if not isinstance(made, Definitions):
            name = getattr(self.function, "__name__", "the function")
            raise DefinitionError(
                f"`{name}` must return Definitions, it returned {type(made).__name__}", sources=(self.source,)
            )
        return made

    def __call__(self) -> Definitions:
        """Call the function. See `resolve`."""
        return self.resolve()


def definitions(function: Callable[[], Definitions]) -> LazyDefinitions:
    """Make a function without arguments the source of a code location's `Definitions`."""
    return LazyDefinitions(function)


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


def _hint_for(item: object) -> str | None:
    if isinstance(item, GraphDefinition):
        return f"a job is made of a graph by {item.name}.to_job()"
    if type(item).__name__ == "module":
        return "use load_assets_from_modules([module])"
    if isinstance(item, list | tuple):
        return "spread the list: assets=[*those, this]"
    return "did you forget @asset?" if callable(item) else None
