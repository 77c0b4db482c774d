"""Run a job that another process could make anew: `execute_job(reconstructable(job), instance=...)`."""

import importlib
import importlib.util
import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, Self

from orchestrator.definitions.graphs import GraphDefinition
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.errors import DefinitionError, InvariantError, SelectionError, UnknownStepError
from orchestrator.execution.in_process_result import ExecuteInProcessResult
from orchestrator.graph.op_selection import select_nodes
from orchestrator.in_process import execute_job_in_process
from orchestrator.instance import Instance
from orchestrator.io_managers.filesystem import FilesystemIOManager
from orchestrator.planning.plan import RunPlan
from orchestrator.planning.retry import plan_retry
from orchestrator.runs.past import RetryStrategy, read_past
from orchestrator.runs.records import Run, RunStatus

_IO_MANAGER = "io_manager"


class BindResourcesToJobs(list[Any]):
    """Jobs that get the resources of a `Definitions`; all of them do."""


class ReconstructableJob:
    """Where a job comes from.

    Args:
        make: returns the job.
    """

    def __init__(self, make: Callable[[], Any]) -> None:
        self._make = make

    @property
    def job_name(self) -> str:
        """The job's name."""
        return self.get_definition().name

    def get_definition(self) -> JobDefinition:
        """The job.

        Raises:
            InvariantError: what is found is no job.
        """
        made = self._make()
        if isinstance(made, GraphDefinition):
            made = made.to_job()
        if not isinstance(made, JobDefinition):
            raise InvariantError(
                f"what was named for a job is {made!r:.80}", hint="name a job, or a function that returns one"
            )
        return made


class ReexecutionOptions:
    """Which run another one repeats, and what of it.

    Args:
        parent_run_id: the run.
        step_selection: the steps to run, with `*` or `+` for what is before or after them; everything if left out. The
            values of other steps are those of the run.
    """

    def __init__(self, parent_run_id: str, step_selection: Sequence[str] | None = None) -> None:
        self.parent_run_id = parent_run_id
        self.step_selection = list(step_selection or ())
        self._strategy = RetryStrategy.SELECT if step_selection else RetryStrategy.ALL

    @classmethod
    def from_failure(cls, run_id: str, instance: Instance) -> Self:  # noqa: ARG003  Dagster's signature
        """Repeat what a failed or canceled run did not do."""
        made = cls(run_id)
        made._strategy = RetryStrategy.FROM_FAILURE
        return made

    def parent(self, instance: Instance) -> Run:
        """The run that is repeated.

        Raises:
            InvariantError: there is none, or it did not fail.
        """
        run = instance.store.run(self.parent_run_id)
        if run is None:
            raise InvariantError(f"there is no run `{self.parent_run_id}`")
        if self._strategy is RetryStrategy.FROM_FAILURE and run.status not in (RunStatus.FAILURE, RunStatus.CANCELED):
            raise InvariantError(f"run `{run.run_id}` neither failed nor was canceled: {run.status}")
        return run

    def change(self, instance: Instance, plan: RunPlan) -> RunPlan:
        """The plan of the run that repeats, from the plan of everything.

        Raises:
            UnknownStepError: a selected step does not exist.
            PlanError: what was done does not fit the plan.
        """
        past = read_past(instance.store, self.parent_run_id)
        try:
            selected = select_nodes({step.key: step.upstream for step in plan.steps}, self.step_selection)
        except SelectionError as error:
            raise UnknownStepError(error.message, hint=error.hint) from None
        return plan_retry(plan, past, self._strategy, selected=selected)


class JobExecutionResult(ExecuteInProcessResult):
    """What became of a run of `execute_job`; to be used in a `with` statement."""

    @classmethod
    def of(cls, result: ExecuteInProcessResult) -> Self:
        """The same result, as one of this class."""
        made = cls.__new__(cls)
        vars(made).update(vars(result))
        return made

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        return


def reconstructable(target: Any) -> ReconstructableJob:
    """Name a job that stands at the top level of a module, or a function there that returns one.

    Raises:
        InvariantError: another process could not find it there.
    """
    if isinstance(target, JobDefinition):
        module = _module_of(target)
        name = next((name for name, value in vars(module).items() if value is target), None) if module else None
        if name is None:
            raise InvariantError(
                f"job `{target.name}` does not stand at the top level of a module", hint="use build_reconstructable_job"
            )
        return ReconstructableJob(lambda: getattr(module, name))
    if not inspect.isfunction(target):
        raise InvariantError(f"reconstructable takes a job or a function that returns one, got {target!r:.80}")
    if target.__name__ == "<lambda>" or target.__qualname__ != target.__name__:
        raise InvariantError(
            f"function `{target.__qualname__}` does not stand at the top level of a module",
            hint="use build_reconstructable_job",
        )
    return ReconstructableJob(target)


def _module_of(job: JobDefinition) -> Any:
    """The module whose file defines the job."""
    for module in list(sys.modules.values()):
        if getattr(module, "__file__", None) == job.source.file:
            return module
    return None


def build_reconstructable_job(
    reconstructor_module_name: str,
    reconstructor_function_name: str,
    reconstructable_args: Sequence[Any] | None = None,
    reconstructable_kwargs: Mapping[str, Any] | None = None,
    reconstructor_working_directory: str | None = None,
) -> ReconstructableJob:
    """Name the function that makes a job, and its arguments.

    Args:
        reconstructor_module_name: the module.
        reconstructor_function_name: the function in it.
        reconstructable_args: positional arguments.
        reconstructable_kwargs: keyword arguments.
        reconstructor_working_directory: where the module is looked for first.
    """

    def make() -> Any:
        if reconstructor_working_directory is not None:
            sys.path.insert(0, str(Path(reconstructor_working_directory)))
        module = importlib.import_module(reconstructor_module_name)
        function = getattr(module, reconstructor_function_name)
        return function(*(reconstructable_args or ()), **(reconstructable_kwargs or {}))

    return ReconstructableJob(make)


def execute_job(
    job: ReconstructableJob,
    instance: Instance,
    run_config: Any = None,
    tags: Mapping[str, str] | None = None,
    *,
    raise_on_error: bool = False,
    op_selection: Sequence[str] | None = None,
    asset_selection: Sequence[Any] | None = None,
    reexecution_options: ReexecutionOptions | None = None,
    **refused: Any,
) -> JobExecutionResult:
    """Run a job and keep its values as a command does.

    Args:
        job: made by `reconstructable` or `build_reconstructable_job`.
        instance: records the run.
        run_config: config of ops and resources.
        tags: put on the run.
        raise_on_error: raise the exception of the first step that fails.
        op_selection: the ops to run.
        asset_selection: the assets to run, of a job of assets.
        reexecution_options: the run that this one goes on with or repeats, and what of it; its config and tags hold, if no
            others are given.
        refused: anything else; raises.

    Raises:
        DefinitionError: `job` is none of those, or a parameter is not there.
        InvariantError: the run to go on with cannot be gone on with.
        PlanError: the job changed so that what that run did does not fit.
    """
    if not isinstance(job, ReconstructableJob):
        raise DefinitionError(f"execute_job takes a reconstructable job, got {job!r:.80}", hint="reconstructable(job)")
    if any(value is not None for value in refused.values()):
        raise DefinitionError(f"parameter `{next(iter(refused))}` of execute_job is not supported yet")
    definition = job.get_definition()
    change: dict[str, Any] = {}
    if reexecution_options is not None:
        if op_selection is not None:
            raise InvariantError("a run that repeats another takes no op_selection", hint="step_selection says which")
        parent = reexecution_options.parent(instance)
        run_config = parent.run_config if run_config is None else run_config
        tags = {**parent.tags, **(tags or {})}
        change["change"] = partial(reexecution_options.change, instance)
    keeps_values = definition.selects_assets or _IO_MANAGER in definition.resource_defs
    result = execute_job_in_process(
        definition,
        run_config=run_config,
        instance=instance,
        raise_on_error=raise_on_error,
        op_selection=op_selection,
        asset_selection=asset_selection,
        tags=tags,
        resources=None if keeps_values else {_IO_MANAGER: FilesystemIOManager()},
        **change,
    )
    return JobExecutionResult.of(result)
