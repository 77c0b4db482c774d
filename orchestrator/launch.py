"""Run a plan in a workspace: put executor, runners, store and signals together."""

from collections.abc import Callable, Sequence
from functools import partial

import msgspec
from msgspec import Struct

from orchestrator.definitions.upward import fetch
from orchestrator.execution.capture import Capture, CaptureSettings, make_folder
from orchestrator.execution.capturing import CapturingRunner
from orchestrator.execution.executors.in_process import InProcessExecutor
from orchestrator.execution.executors.protocol import Executor
from orchestrator.execution.executors.settings import DASK, IN_PROCESS, ExecutorSettings
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.liveness import this_process
from orchestrator.execution.run import RunResult, Subscriber, execute_plan
from orchestrator.execution.run_request import RunRequest
from orchestrator.execution.step import StepRunner
from orchestrator.instance import Instance
from orchestrator.io_managers.filesystem import FilesystemIOManager
from orchestrator.planning.plan import RunPlan
from orchestrator.workspace.workspace import Workspace


class Capturing(Struct, frozen=True, kw_only=True):
    """How the output of user code is treated while a run is under way."""

    #: Whether stdout and stderr of steps go to files of the home.
    to_files: bool = True
    #: Called before `breakpoint()` gives the terminal to the debugger, and when it is free again.
    on_suspend: Callable[[], None] | None = None
    on_resume: Callable[[], None] | None = None


_CAPTURE_ALL = Capturing()


def run_in_workspace(  # noqa: PLR0913  what a run needs
    plan: RunPlan,
    workspace: Workspace,
    instance: Instance,
    *,
    executor: ExecutorSettings | None = None,
    subscribers: Sequence[Subscriber] = (),
    fail_fast: bool = False,
    capturing: Capturing = _CAPTURE_ALL,
    on_signal: Callable[[], None] | None = None,
    run_id: str | None = None,
) -> RunResult:
    """Run a plan to its end. SIGINT and SIGTERM stop it gracefully, a second one at once.

    Args:
        plan: what to do.
        workspace: where the code is.
        instance: records the run.
        executor: where its steps run; in this process, or in one per location, if left out.
        subscribers: get every event.
        fail_fast: launch nothing more after the first failure.
        capturing: how the output of user code is treated.
        on_signal: called in the handler of the first signal.
        run_id: its id; a new one if left out.

    Raises:
        StoreError: the store failed.
    """
    if capturing.to_files:
        make_folder(instance.logs)
    with Interrupts() as interrupts:
        interrupts.on_notice = on_signal
        return execute_plan(
            plan,
            store=instance.store,
            storage=str(instance.storage),
            executor=_executor(executor or ExecutorSettings(), workspace, instance, interrupts, capturing),
            interrupts=interrupts,
            coordinator=this_process(),
            pool_limits=instance.pool_limits,
            subscribers=subscribers,
            fail_fast=fail_fast,
            run_id=run_id,
        )


def _executor(
    settings: ExecutorSettings,
    workspace: Workspace,
    instance: Instance,
    interrupts: Interrupts,
    capturing: Capturing,
) -> Executor:
    folder = str(instance.logs) if capturing.to_files else None
    capture = CaptureSettings(folder=folder, python_logs=workspace.settings.python_logs)
    if settings.name == IN_PROCESS and workspace.definitions:
        ((name, definitions),) = workspace.definitions.items()
        runner = StepRunner(definitions, FilesystemIOManager(), interrupts, location=name, instance=instance)
        own = Capture(
            msgspec.structs.replace(capture, name=name), on_suspend=capturing.on_suspend, on_resume=capturing.on_resume
        )
        return InProcessExecutor(CapturingRunner(runner, own), settings)
    capture = msgspec.structs.replace(capture, interactive=False)
    made: Executor
    if settings.name == DASK:
        refs = {ref.name: ref for ref in workspace.refs}
        check = partial(_check_config, workspace)
        made = fetch("execution.executors.dask", "DaskExecutor")(refs, check, settings, capture)
    else:
        workspace.start_workers()
        # not for one location in this process
        made = fetch("execution.executors.workers", "WorkersExecutor")(workspace.workers, settings, capture)
    return made


def _check_config(workspace: Workspace, location: str, request: RunRequest) -> None:
    """Check the config of a run in a code location.

    Raises:
        ConfigError: it does not fit.
    """
    definitions = workspace.definitions.get(location)
    if definitions is None:
        workspace.workers[location].look_at_config(request, check=True)
        return
    StepRunner(definitions, FilesystemIOManager(), Interrupts(), location=location).check_config(request)
