"""What the coordinator of a run and its agents, one beside each Dask worker and code location, say to each other.

    agent                          coordinator
    secret, Hello          ──>
                           <──     Welcome                what the run is
    Ready(ticket)          ──>                            a Dask task has begun
                           <──     Go(request) | Drop     the first to be ready runs the step; any other does not
    events                 ──>                            as they happen; the last of a step together, in a tuple
                           <──     Interrupt
                           <──     EndRun
    Ended                  ──>

Each message is a pickle in a frame that says how long it is; see `orchestrator.workspace.channel`.
"""

from msgspec import Struct

from orchestrator.errors import OrchestratorError
from orchestrator.execution.capture import CaptureSettings
from orchestrator.execution.executors.settings import ExecutorSettings
from orchestrator.execution.run_request import RunRequest
from orchestrator.execution.step import StepRequest
from orchestrator.workspace.location import LocationRef

#: Bytes of the secret that an agent says before anything else.
SECRET_LENGTH = 32


class Call(Struct, frozen=True, kw_only=True):
    """What every Dask task of a run and code location is given: how to reach the coordinator."""

    host: str
    port: int
    secret: bytes
    location: str
    #: Whether the connection is encrypted, as those of Dask are.
    encrypted: bool = False


class Hello(Struct, frozen=True, kw_only=True):
    """The first message of an agent."""

    version: str
    location: str
    #: Name of the Dask worker.
    worker: str
    #: How many of its steps may run at once.
    threads: int = 1


class Welcome(Struct, frozen=True, kw_only=True):
    """All that an agent needs to know of the run."""

    ref: LocationRef
    request: RunRequest
    capture: CaptureSettings
    settings: ExecutorSettings


class Ready(Struct, frozen=True):
    """A Dask task with this ticket has begun."""

    ticket: int


class Go(Struct, frozen=True):
    """Run this step for the task."""

    ticket: int
    request: StepRequest


class Drop(Struct, frozen=True):
    """The task has nothing to do: its step has ended, or runs elsewhere."""

    ticket: int


class CannotRun(Struct, frozen=True):
    """The step of this task cannot be run here at all."""

    ticket: int
    error: OrchestratorError


class Interrupt(Struct, frozen=True):
    """Raise `KeyboardInterrupt` in the steps that run."""


class EndRun(Struct, frozen=True):
    """Tear down what was started for the run, and go."""


class Ended(Struct, frozen=True):
    """All is torn down; what a resource raised meanwhile."""

    error: OrchestratorError | None = None
