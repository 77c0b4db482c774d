"""What the coordinator of a run asks of an executor."""

from collections.abc import Callable
from typing import Protocol

from orchestrator.execution.executors.settings import ExecutorSettings
from orchestrator.execution.run_request import RunRequest
from orchestrator.execution.step import StepRequest
from orchestrator.runs.events import Event


class Executor(Protocol):
    """Carries steps out. Used from one thread."""

    settings: ExecutorSettings
    #: How many steps it runs at once.
    max_running: int

    def prepare(self, request: RunRequest) -> None:
        """Make ready for a run.

        Raises:
            ConfigError: its config does not fit.
        """

    def start(self) -> None:
        """Start the resources of the run that was prepared.

        Raises:
            ResourceError: a resource cannot be started.
        """

    def end(self) -> None:
        """Tear down what `prepare` and `start` did; nothing is running."""

    def submit(self, request: StepRequest) -> None:
        """Take a step; at most `max_running` at a time."""

    def wait(self, emit: Callable[[Event], None], timeout_s: float | None = None) -> None:
        """Pass on events, until at least one submitted step has ended or the time is over.

        Args:
            emit: takes the events.
            timeout_s: how long to wait, in seconds; an executor that runs steps in this thread need not look at it.

        Raises:
            OrchestratorError: no step can be run any more; how those ended that were submitted, later waits tell.

        Every submitted step ends with exactly one of `StepSucceeded`, `StepFailed`, `StepUpForRetry` and `StepCanceled`.
        """

    def interrupt(self) -> None:
        """Tell running steps to stop; called from a signal handler."""

    def close(self) -> None:
        """Release what it holds; nothing is running."""
