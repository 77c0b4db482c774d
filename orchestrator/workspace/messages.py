"""What coordinator and worker say to each other.

The worker says hello with plain data, so that any interpreter with any version of orch can be understood; everything
else is a pickle of one of these.
"""

from typing import Any

from msgspec import Struct

from orchestrator.workspace.location import LocationRef

#: Rises when messages change their meaning.
PROTOCOL = 4


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
