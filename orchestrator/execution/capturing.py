"""A runner whose steps are captured."""

from collections.abc import Callable

from orchestrator.execution.capture import Capture
from orchestrator.execution.executors.in_process import Runner
from orchestrator.execution.step import StepRequest
from orchestrator.runs.events import Event, StepCanceled, StepFailed, StepStarted, StepSucceeded


class CapturingRunner:
    """Keeps what the steps of another runner say, from the first step on until `end_run`.

    Args:
        runner: runs the steps, in this process.
        capture: keeps what they say.
    """

    def __init__(self, runner: Runner, capture: Capture) -> None:
        self._runner = runner
        self._capture = capture
        self._begun = False

    def run(self, request: StepRequest, emit: Callable[[Event], None]) -> None:
        """Run a step; the last event says how it ended, and the one before it what it wrote."""
        if not self._begun:
            self._capture.begin_run(request.run_id)
            self._begun = True
        capture = self._capture
        pass_on = emit

        def watch(event: Event) -> None:
            nonlocal pass_on
            if isinstance(event, StepStarted):
                emit(event)
                pass_on = capture.step_started(event.step, emit)
            elif isinstance(event, StepSucceeded | StepFailed | StepCanceled):
                capture.step_ended()
                emit(event)
            else:
                pass_on(event)

        self._runner.run(request, watch)

    def interrupt(self) -> None:
        """Tell the running step to stop."""
        self._runner.interrupt()

    def end_run(self) -> None:
        """Leave the process as it was."""
        if self._begun:
            self._capture.end_run()
            self._begun = False
