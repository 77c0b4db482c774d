"""One step at a time: in this process, or in the worker that has loaded the step's code location."""

from collections.abc import Callable, Mapping
from typing import Protocol

from orchestrator.execution.config_check import check_in_all
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

    def interrupt(self) -> None:
        """Tell the running step to stop; called from a signal handler."""


class InProcessExecutor:
    """Runs one step at a time.

    Args:
        runners: by location.
    """

    max_running = 1

    def __init__(self, runners: Mapping[str, Runner]) -> None:
        self._runners = runners
        self._submitted: StepRequest | None = None
        self._prepared: list[Runner] = []

    def prepare(self, request: RunRequest) -> None:
        """Make the runners of the locations that have steps ready.

        Raises:
            ConfigError: the config does not fit.
        """

        def prepare(location: str) -> None:
            self._prepared.append(self._runners[location])
            self._runners[location].prepare(request)

        check_in_all(request, prepare)

    def start(self) -> None:
        """Start the resources of the run, in every location that has steps.

        Raises:
            ResourceError: a resource cannot be started.
        """
        for runner in self._prepared:
            runner.start()

    def end(self) -> None:
        """Tear down what `prepare` and `start` did."""
        while self._prepared:
            self._prepared.pop().end()

    def submit(self, request: StepRequest) -> None:
        """Take a step."""
        self._submitted = request

    def wait(self, emit: Callable[[Event], None], timeout_s: float | None = None) -> None:  # noqa: ARG002  it is busy
        """Run the step that was submitted."""
        request, self._submitted = self._submitted, None
        if request is not None:
            self._runners[request.step.location].run(request, emit)

    def interrupt(self) -> None:
        """Tell the running step to stop."""
        for runner in self._runners.values():
            runner.interrupt()

    def close(self) -> None:
        """Nothing to release: the workspace owns the workers."""
