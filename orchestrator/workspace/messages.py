"""What coordinator and worker say to each other.

The worker says hello with plain data, so that any interpreter with any version of orch can be understood; everything
else is a pickle of one of these.
"""

from typing import Any

from msgspec import Struct

from orchestrator.errors import ErrorInfo
from orchestrator.runs.requests import RunRequestData
from orchestrator.workspace.location import LocationRef

#: Rises when messages change their meaning.
PROTOCOL = 5


def hello(version: str, python: str) -> dict[str, Any]:
    """The first thing a worker that starts afresh says."""
    return {"protocol": PROTOCOL, "version": version, "python": python}


class Describe(Struct, frozen=True):
    """Load the location and answer with its snapshot, or why there is none."""

    ref: LocationRef


class PrepareRun(Struct, frozen=True):
    """Make ready for a run; answers with None, or with the error that keeps it from running."""

    request: Any
    #: A `CaptureSettings`: what to keep of what steps say.
    capture: Any
    #: What the process is called in events of the run.
    worker: str = ""


class StartRun(Struct, frozen=True):
    """Start the resources of the run that was prepared; answers with None, or with an error."""


class EndRun(Struct, frozen=True):
    """Tear down what `PrepareRun` and `StartRun` did; answers with None, or with an error."""


class RunStep(Struct, frozen=True):
    """Run a step; answers with its events, then `StepDone`."""

    request: Any


class StepDone(Struct, frozen=True):
    """All events of a step were sent."""


class LookAtConfig(Struct, frozen=True):
    """Check the config of a run, answered with None or the error; or say what it may be, answered as data."""

    request: Any
    check: bool


class LookAtValue(Struct, frozen=True):
    """Load the stored value of an asset; answers with what there is to see, or with the error."""

    key: str
    #: Folder for values of IO managers that have none of their own.
    storage: str


class EvaluateTick(Struct, frozen=True, kw_only=True):
    """Evaluate a schedule or sensor; answers with a `TickResult`, or with the `ErrorInfo` of what went wrong."""

    #: `schedule` or `sensor`.
    kind: str
    name: str
    #: The scheduled time of a schedule, the time of evaluation of a sensor; in seconds since 1970.
    scheduled: float
    #: What counts as the present.
    now: float
    #: The time of the last tick of it, if there was one.
    last_tick: float | None = None
    cursor: str | None = None
    last_run_key: str | None = None
    #: Folder of the home; a sensor finds in its store what happened.
    home: str = ""


class TickResult(Struct, frozen=True, kw_only=True):
    """What a schedule or sensor answered. Nothing is recorded yet."""

    requests: tuple[RunRequestData, ...] = ()
    #: Why there are no requests; empty if there are.
    skip_reason: str = ""
    #: What the cursor is from now on; None if it has none.
    cursor: str | None = None
    #: What it logged: `LEVEL message`, a line each.
    log: tuple[str, ...] = ()
    #: Events that are to be recorded of assets.
    asset_events: tuple[Any, ...] = ()
    #: What a sensor of runs raised for one of them; the cursor moves past it.
    error: ErrorInfo | None = None


class ForkWorker(Struct, frozen=True):
    """Become two: the end of a channel follows, which is the new worker's; answers with a `Forked`."""


class Forked(Struct, frozen=True):
    """Whether there is a new worker."""

    #: Its process; 0 if there is none.
    pid: int
    #: Why there is none: what the loaded code has that two processes must not share.
    because: str = ""


class AwaitExit(Struct, frozen=True):
    """Wait for the end of a worker that was forked; answers with its exit code, negative: the signal that killed it."""

    pid: int
