"""`@repository`, the older way to gather definitions; a repository is `Definitions` with a name."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from orchestrator.definitions.asset_jobs import AssetJob
from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.collection import Definitions, automation_kind
from orchestrator.definitions.graphs import GraphDefinition
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.names import check_name
from orchestrator.definitions.specs import AssetSpec
from orchestrator.errors import DefinitionError, DuplicateDefinitionError

_KINDS = ("jobs", "assets", "schedules", "sensors")


class RepositoryDefinition(Definitions):
    """Definitions with a name. Made by `@repository`.

    Args:
        name: its name.
        description: for people.
        parts: parameters of `Definitions`.
    """

    def __init__(self, name: str, description: str | None = None, **parts: Any) -> None:
        super().__init__(**parts)
        self.name = check_name(name, "name of a repository")
        twice = [name for name, count in Counter(self.job_names).items() if count > 1]
        if twice:
            raise DuplicateDefinitionError(f"repository `{name}` has two jobs called `{twice[0]}`")
        self.description = description

    @property
    def job_names(self) -> list[str]:
        """The names of all jobs."""
        return [job.name for job in self.jobs]

    def has_job(self, name: str) -> bool:
        """Whether there is a job of this name."""
        return name in self.job_names

    def get_job(self, name: str) -> JobDefinition:
        """The job of this name, ready to run.

        Raises:
            UnknownDefinitionError: there is none.
        """
        return self.resolve_job_def(name)

    def get_all_jobs(self) -> Sequence[JobDefinition]:
        """All jobs, ready to run.

        Raises:
            DefinitionError: the definitions do not fit together.
        """
        return self.resolve_all_job_defs()

    @property
    def schedule_defs(self) -> Sequence[Any]:
        """Its schedules."""
        return self.schedules

    @property
    def sensor_defs(self) -> Sequence[Any]:
        """Its sensors."""
        return self.sensors

    @property
    def asset_graph(self) -> Any:
        """The assets, and what depends on what."""
        return self.resolve_asset_graph()

    @property
    def assets_defs_by_key(self) -> Mapping[AssetKey, AssetsDefinition]:
        """The definition that makes each asset."""
        computed = [item for item in self.assets if isinstance(item, AssetsDefinition)]
        return {key: item for item in computed for key in item.keys}


def repository(
    definitions_fn: Callable[[], Any] | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    default_executor_def: Any = None,
    default_logger_defs: Mapping[str, Any] | None = None,
    **_: Any,
) -> Any:
    """Gather what a function returns: a list of definitions, or a dict of them by kind and name.

    Args:
        definitions_fn: the function, when used without parentheses.
        name: the repository's name; the function's if left out.
        description: for people; the function's docstring if left out.
        default_executor_def: what runs the steps of jobs that name no executor.
        default_logger_defs: the loggers of its jobs.

    Raises:
        DefinitionError: the function returns something else.
    """

    def decorate(function: Callable[[], Any]) -> RepositoryDefinition:
        return RepositoryDefinition(
            name or function.__name__,
            description or function.__doc__,
            executor=default_executor_def,
            loggers=default_logger_defs,
            **_parts(function(), function.__name__),
        )

    return decorate if definitions_fn is None else decorate(definitions_fn)


def create_repository_using_definitions_args(name: str, **parts: Any) -> RepositoryDefinition:
    """A repository of what `Definitions` takes.

    Args:
        name: its name.
        parts: parameters of `Definitions`.
    """
    return RepositoryDefinition(name, **parts)


def _parts(returned: Any, where: str) -> dict[str, Any]:
    if isinstance(returned, Mapping):
        unknown = [kind for kind in returned if kind not in _KINDS]
        if unknown:
            raise DefinitionError(f"repository `{where}` returns `{unknown[0]}`", hint=f"known: {', '.join(_KINDS)}")
        return {
            kind: [one() if type(one).__name__ == "function" else one for one in by_name.values()]
            for kind, by_name in returned.items()
        }
    if not isinstance(returned, Iterable) or isinstance(returned, str):
        raise DefinitionError(f"repository `{where}` must return a list or a dict, got {type(returned).__name__}")
    parts: dict[str, list[Any]] = {kind: [] for kind in _KINDS}
    for one in _flat(returned):
        if isinstance(one, GraphDefinition):
            parts["jobs"].append(one.to_job())
        elif isinstance(one, AssetJob | JobDefinition):
            parts["jobs"].append(one)
        elif isinstance(one, AssetsDefinition | AssetSpec):
            parts["assets"].append(one)
        elif automation_kind(one):
            parts[f"{automation_kind(one)}s"].append(one)
        else:
            raise DefinitionError(f"repository `{where}` holds {one!r:.80}, which is no definition")
    return parts


def _flat(items: Iterable[Any]) -> Iterable[Any]:
    for one in items:
        if isinstance(one, list | tuple):
            yield from _flat(one)
        else:
            yield one
