"""Run a job that another process could make anew: `execute_job(reconstructable(job), instance=...)`."""

import importlib
import importlib.util
import inspect
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from orchestrator.definitions.graphs import GraphDefinition
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.errors import DefinitionError, InvariantError
from orchestrator.execution.in_process_result import ExecuteInProcessResult
from orchestrator.in_process import execute_job_in_process
from orchestrator.instance import Instance
from orchestrator.io_managers.filesystem import FilesystemIOManager

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
        refused: anything else; raises.

    Raises:
        DefinitionError: `job` is none of those, or a parameter is not there.
    """
    if not isinstance(job, ReconstructableJob):
        raise DefinitionError(f"execute_job takes a reconstructable job, got {job!r:.80}", hint="reconstructable(job)")
    if any(value is not None for value in refused.values()):
        raise DefinitionError(f"parameter `{next(iter(refused))}` of execute_job is not supported yet")
    definition = job.get_definition()
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
    )
    return JobExecutionResult.of(result)
