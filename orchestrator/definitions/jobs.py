"""Jobs: named selections of assets, and where steps run."""

from collections.abc import Mapping
from typing import Any, Never

from orchestrator.definitions.functions import caller_source
from orchestrator.definitions.names import check_name
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.tags import check_run_tags
from orchestrator.errors import DefinitionError


class ExecutorDefinition:
    """Names the executor that runs the steps of a job or of a code location."""

    __slots__ = ("name",)

    def __init__(self, name: str) -> None:
        self.name = name

    def __repr__(self) -> str:
        return f"<executor {self.name}>"


#: Runs one step at a time, in the process that loaded the code location.
in_process_executor = ExecutorDefinition("in_process")


class AssetJob:
    """A named selection of assets. Made by `define_asset_job`; resolved when its code location is loaded."""

    __slots__ = ("description", "executor", "name", "selection", "source", "tags")

    def __init__(
        self, name: str, selection: Any, description: str, tags: Mapping[str, str], executor: ExecutorDefinition | None
    ) -> None:
        self.name = name
        self.selection = selection
        self.description = description
        self.tags = tags
        self.executor = executor
        self.source = caller_source()

    def __getattr__(self, name: str) -> Any:
        if name == "execute_in_process":
            raise AttributeError(
                "an asset job knows its assets once it is in Definitions: use `orch run`, or materialize()"
            )
        raise AttributeError(f"'AssetJob' object has no attribute {name!r}")

    def __repr__(self) -> str:
        return f"<AssetJob {self.name}>"


def define_asset_job(
    name: str,
    selection: Any = None,
    *,
    description: str | None = None,
    tags: Mapping[str, str] | None = None,
    run_tags: Mapping[str, str] | None = None,
    executor_def: ExecutorDefinition | None = None,
    **refused: Never,
) -> AssetJob:
    """Name a selection of assets, to be run by `orch run NAME`.

    Args:
        name: the job's name.
        selection: an `AssetSelection`, text in the selection language, or a list of keys, names or definitions; all
            assets of the code location if left out.
        description: for people.
        tags: put on every run of the job.
        run_tags: the same, as newer code calls it.
        executor_def: what runs the steps.
        refused: anything else; raises.

    Raises:
        DefinitionError: the name is not valid.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """
    refuse_parameters(refused, "define_asset_job", ("name", "selection", "description", "tags", "executor_def"))
    where = f"job `{check_name(name, 'job name')}`"
    if executor_def is not None and not isinstance(executor_def, ExecutorDefinition):
        raise DefinitionError(f"executor_def of {where} is {executor_def!r:.80}, which is no executor")
    all_tags = {**check_run_tags(tags, where), **check_run_tags(run_tags, where)}
    return AssetJob(name, selection, description or "", all_tags, executor_def)
