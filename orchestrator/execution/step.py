"""Run one step: load its inputs, call the function, store what it makes, and report each fact as it happens.

A `StepRunner` belongs to one loaded code location and runs any number of its steps, one at a time, between `prepare` and
`end` of their run. It knows neither the plan nor the store: facts leave through `emit`, in order. A value is whole in its
place before the event that says so is emitted.
"""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from msgspec import Struct

from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.config_schema import ConfigField
from orchestrator.definitions.io import IOManager
from orchestrator.errors import ResourceError
from orchestrator.execution.attempt import Attempt
from orchestrator.execution.captured_logging import pass_on_to
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.loaded_nodes import LoadedNodes
from orchestrator.execution.location_part import LocationPart
from orchestrator.execution.reporting import Emit, Observer, StepReport
from orchestrator.execution.run_request import RunRequest
from orchestrator.execution.scope import RunScope
from orchestrator.planning.plan import Step
from orchestrator.runs.details import DetailKind, StepDetail

if TYPE_CHECKING:
    from orchestrator.execution.usage import Meter


class StepRequest(Struct, frozen=True, kw_only=True):
    """A step to run, in a run that was prepared."""

    run_id: str
    step: Step
    #: How many attempts came before this one.
    attempt: int = 0
    #: How long the steps of its graph took that lead to its assets, in seconds.
    spent_s: float = 0.0


class StepRunner:
    """Runs steps of one loaded code location.

    Args:
        definitions: what was loaded.
        default_io_manager: used where the location has no resource `io_manager`.
        interrupts: tells when to stop.
        location: the name of the code location.
        instance: where runs are recorded, if this process holds it.
        observer: sees what events do not carry.
        clock: seconds since 1970.
    """

    def __init__(
        self,
        definitions: Definitions,
        default_io_manager: IOManager,
        interrupts: Interrupts,
        *,
        location: str = "",
        instance: Any = None,
        observer: Observer | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._nodes = LoadedNodes(definitions, default_io_manager)
        self._location = location
        #: Where runs are recorded, if this process can tell.
        self.instance = instance
        self._scope: RunScope | None = None
        #: What this process is called in events; empty in that of the coordinator.
        self.worker = ""
        #: Measures what steps take, if nothing else goes on in this process.
        self.meter: Meter | None = None
        #: Whether user code was called after the event that said how the last step ended.
        self.called_hooks = False
        self.interrupts = interrupts
        self.observer = observer or Observer()
        self.now = clock

    def prepare(self, request: RunRequest) -> None:
        """Make ready for a run: resolve its config.

        Raises:
            ConfigError: the config does not fit. If nothing is wrong but names that another location of the run may know,
                the run is ready all the same.
        """
        self._scope = RunScope(self._nodes, request, self._location, self.instance)
        with self.interrupts.user_code():
            self._scope.prepare()

    def start(self) -> None:
        """Start the resources of the run that was prepared.

        Raises:
            ResourceError: a resource cannot be started.
        """
        scope = self._scope
        assert scope is not None
        self._tell(DetailKind.RESOURCES_STARTING, scope)
        try:
            with self.interrupts.user_code():
                scope.start()
        except ResourceError:
            self._tell(DetailKind.RESOURCES_FAILED, scope)
            raise
        self._tell(DetailKind.RESOURCES_STARTED, scope)

    def check_config(self, request: RunRequest) -> None:
        """Check the config of a run that is not begun.

        Raises:
            ConfigError: the config does not fit.
        """
        LocationPart(self._nodes, request, self._location).config()

    def describe_config(self, request: RunRequest) -> ConfigField:
        """Everything the config of a run may say about its steps here, as data."""
        return LocationPart(self._nodes, request, self._location).describe_config()

    def end(self) -> None:
        """Tear down what `start` started."""
        scope, self._scope = self._scope, None
        if scope is not None:
            scope.close()

    def run(self, request: StepRequest, emit: Emit) -> None:
        """Run a step. Whatever user code does, one event says how it ended; hooks follow."""
        scope = self._scope
        assert scope is not None, "a step of a run that was not prepared"
        if scope.loggers is not None:
            emit = scope.loggers.watching(emit)
            pass_on_to(scope.loggers.handle)
        if self.meter is not None:
            self.meter.start()
        report = StepReport(
            request.run_id,
            request.step,
            emit,
            self.observer,
            self.now,
            meter=self.meter,
            spent_s=request.spent_s,
        )
        attempt = Attempt(scope, request.step, request.attempt, report, self.interrupts)
        report.started(request.attempt, self.worker)
        self.called_hooks = attempt.has_hooks
        failure: BaseException | None = None
        try:
            attempt.run()
        except KeyboardInterrupt:
            report.canceled()
            self.called_hooks = False
            return
        except BaseException as error:  # noqa: BLE001  the boundary to user code: a step fails, nothing else
            failure = error
        if failure is not None:
            attempt.failed(failure)  # not where it is handled: what a hook raises has nothing to do with it
            return
        report.succeeded()
        attempt.call_hooks(None)

    def _tell(self, kind: DetailKind, scope: RunScope) -> None:
        """Tell those that look at details about the resources of the run."""
        if self.observer.on_detail is not None:
            self.observer.on_detail(
                StepDetail(
                    kind=kind,
                    run_id=scope.request.run_id,
                    timestamp=self.now(),
                    step=None,
                    name=", ".join(scope.needed_resources()),
                )
            )
