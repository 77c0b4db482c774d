"""A runner whose steps are captured."""

from collections.abc import Callable

from orchestrator.execution.capture import Capture
from orchestrator.execution.run_request import RunRequest
from orchestrator.execution.step import StepRequest, StepRunner
from orchestrator.runs.events import (
    Event,
    LogWritten,
    StepCanceled,
    StepFailed,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)

_ENDS = (StepSucceeded, StepFailed, StepCanceled, StepUpForRetry)


class CapturingRunner:
    """Keeps what the steps of another runner say, and what its resources do, from `start` to `end`.

    Args:
        runner: runs the steps, in this process.
        capture: keeps what they say.
    """

    def __init__(self, runner: StepRunner, capture: Capture) -> None:
        self._runner = runner
        self._capture = capture
        self._captures = False
        self._run_id = ""

    def prepare(self, request: RunRequest) -> None:
        """Make ready for a run.

        Raises:
            ConfigError: its config does not fit.
        """
        self._run_id = request.run_id
        self._runner.prepare(request)

    def start(self) -> None:
        """Start the resources of the run that was prepared.

        Raises:
            StoreError: what steps print cannot be kept.
            ResourceError: a resource cannot be started.
        """
        self._capture.begin_run(self._run_id)
        self._captures = True
        self._runner.start()

    def end(self) -> None:
        """Tear down what `prepare` and `start` did."""
        try:
            self._runner.end()
        finally:
            if self._captures:
                self._captures = False
                self._capture.end_run()

    def run(self, request: StepRequest, emit: Callable[[Event], None]) -> None:
        """Run a step; before the event that says how it ended comes the one that says what it wrote."""
        capture = self._capture
        pass_on = emit

        def watch(event: Event) -> None:
            nonlocal pass_on
            if isinstance(event, StepStarted):
                emit(event)
                pass_on = capture.step_started(event.step, emit)
                return
            if isinstance(event, _ENDS):
                capture.report()
            elif isinstance(event, LogWritten) and not capture.keeps(event):
                return
            pass_on(event)

        self._runner.run(request, watch)
        if self._runner.called_hooks:
            capture.report()
        capture.step_ended()
