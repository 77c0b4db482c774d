"""One step at a time, in the process that has loaded the code location."""

from collections.abc import Callable
from typing import Protocol

from orchestrator.execution.executors.settings import ExecutorSettings
from orchestrator.execution.run_request import RunRequest
from orchestrator.execution.step import StepRequest
from orchestrator.runs.events import Event


class Runner(Protocol):
    """Runs steps of one code location."""

    def prepare(self, request: RunRequest) -> None:
        """Make ready for a run."""

    def start(self) -> None:
        """Start the resources of the run that was prepared."""

    def end(self) -> None:
        """Tear down what `prepare` and `start` did."""

    def run(self, request: StepRequest, emit: Callable[[Event], None]) -> None:
        """Run a step; one event says how it ended."""


class InProcessExecutor:
    """Runs one step at a time.

    Args:
        runner: of the only location that has steps.
        settings: what was asked for.
    """

    max_running = 1

    def __init__(self, runner: Runner, settings: ExecutorSettings | None = None) -> None:
        self.settings = settings or ExecutorSettings()
        self._runner = runner
        self._submitted: StepRequest | None = None

    def prepare(self, request: RunRequest) -> None:
        """Resolve the config of the run.

        Raises:
            ConfigError: it does not fit.
        """
        self._runner.prepare(request)

    def start(self) -> None:
        """Start the resources of the run.

        Raises:
            ResourceError: a resource cannot be started.
        """
        self._runner.start()

    def end(self) -> None:
        """Tear down what `prepare` and `start` did."""
        self._runner.end()

    def submit(self, request: StepRequest) -> None:
        """Take a step."""
        self._submitted = request

    def wait(self, emit: Callable[[Event], None], timeout_s: float | None = None) -> None:  # noqa: ARG002  it is busy
        """Run the step that was submitted."""
        request, self._submitted = self._submitted, None
        if request is not None:
            self._runner.run(request, emit)

    def interrupt(self) -> None:
        """Nothing to do: the signal that asks for it has come to this process."""

    def close(self) -> None:
        """Nothing to release."""
