"""Jobs of assets: named selections, which become jobs when their code location is loaded."""

from collections.abc import Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from orchestrator.definitions.executors import ExecutorDefinition
from orchestrator.definitions.functions import caller_source
from orchestrator.definitions.hooks import HookDefinition
from orchestrator.definitions.jobs import JOB_PARAMETERS, AnyJob, JobDefinition
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.retries import RetryPolicy
from orchestrator.definitions.upward import fetch


class AssetJob(AnyJob):
    """A named selection of assets. Made by `define_asset_job`; resolved when its code location is loaded."""

    def __init__(self, *, selection: Any, **common: Any) -> None:
        super().__init__(**common)
        self.metadata = common.get("metadata") or {}  # as it was written, until the job is resolved
        self.selection = selection

    def __getattr__(self, name: str) -> Any:
        if name == "execute_in_process":
            raise AttributeError(
                f"an asset job knows its assets once it is in Definitions: defs.resolve_job_def({self.name!r}), "
                "or `orch run`"
            )
        raise AttributeError(f"'AssetJob' object has no attribute {name!r}")

    def with_selection(self, selection: Any) -> "AssetJob":
        """The same job with another selection."""
        return AssetJob(
            selection=selection,
            name=self.name,
            source=self.source,
            description=self.description,
            config=self.config,
            tags=self.tags,
            run_tags=self.run_tags,
            metadata=self.metadata,
            executor_def=self.executor,
            hooks=self.hooks,
            op_retry_policy=self.retry_policy,
        )

    def resolve(self, definitions: Any) -> JobDefinition:
        """The job, with the definitions it selects from."""
        return JobDefinition(
            name=self.name,
            source=self.source,
            graph_def=None,
            asset_job=self,
            definitions=definitions,
            description=self.description,
            config=self.config,
            tags=self.tags,
            run_tags=self.run_tags,
            metadata=self.metadata,
            executor_def=self.executor or definitions.executor,
            hooks=self.hooks,
            op_retry_policy=self.retry_policy,
            resource_defs=definitions.resources,
            logger_defs=definitions.loggers,
        )

    def __repr__(self) -> str:
        return f"<AssetJob {self.name}>"


def define_asset_job(  # noqa: PLR0913, PLR0917  the public API
    name: str,
    selection: Any = None,
    config: Any = None,
    description: str | None = None,
    tags: Mapping[str, Any] | None = None,
    run_tags: Mapping[str, Any] | None = None,
    metadata: Mapping[str, Any] | None = None,
    *,
    executor_def: ExecutorDefinition | None = None,
    hooks: AbstractSet[HookDefinition] | None = None,
    op_retry_policy: RetryPolicy | None = None,
    **refused: Any,
) -> AssetJob:
    """Name a selection of assets, to be run by `orch run NAME`.

    Args:
        name: the job's name.
        selection: an `AssetSelection`, text in the selection language, or a list of keys, names or definitions; all
            assets of the code location if left out.
        config: of its assets and resources.
        description: for people.
        tags: of the job; put on its runs too, unless there are `run_tags`.
        run_tags: put on its runs, in the place of `tags`.
        metadata: for people.
        executor_def: what runs the steps.
        hooks: for all its steps.
        op_retry_policy: for assets without a retry policy.
        refused: anything else; raises.

    Raises:
        DefinitionError: the name is not valid.
        SelectionError: the selection cannot be read.
        UnsupportedParameterError: a parameter is unknown, or not there yet.
    """
    refuse_parameters(refused, "define_asset_job", ("name", "selection", *JOB_PARAMETERS))
    return AssetJob(
        name=name,
        selection=None if selection is None else fetch("graph.selection", "AssetSelection").from_coercible(selection),
        source=caller_source(),
        config=config,
        description=description,
        tags=tags,
        run_tags=run_tags,
        metadata=metadata,
        executor_def=executor_def,
        hooks=hooks,
        op_retry_policy=op_retry_policy,
    )
