"""A worker: one process that has loaded one code location and runs steps of it.

The two sides talk over a pair of pipes. The worker says hello with a line of JSON, so that any interpreter with any
version of orch can be understood; from then on every message is a pickle, which knows its own end. The worker ends when
its pipe does: no worker outlives its coordinator, however that died.
"""

import os
import pickle
import signal
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import msgspec
from msgspec import Struct

from orchestrator.errors import OrchestratorError
from orchestrator.graph.snapshot import LoadFailure, LocationSnapshot
from orchestrator.workspace.location import LocationRef

#: Rises when messages change their meaning.
PROTOCOL = 3

_ENTRY_POINT = "orchestrator.worker"
#: How long an idle worker may take to end when it is asked to, in seconds.
_GRACE = 2.0


class Hello(Struct, frozen=True):
    """The first thing a worker says."""

    protocol: int
    version: str
    python: str


class Describe(Struct, frozen=True):
    """Load the location and answer with its snapshot, or why there is none."""

    ref: LocationRef


class PrepareRun(Struct, frozen=True):
    """Make ready for a run; answers with None, or with the error that keeps it from running."""

    request: Any
    #: A `CaptureSettings`: what to keep of what steps say.
    capture: Any


class StartRun(Struct, frozen=True):
    """Start the resources of the run that was prepared; answers with None, or with an error."""


class EndRun(Struct, frozen=True):
    """Tear down what `PrepareRun` and `StartRun` did; answers with None."""


class RunStep(Struct, frozen=True):
    """Run a step; answers with its events, then `StepDone`."""

    request: Any


class LookAtConfig(Struct, frozen=True):
    """Check the config of a run, answered with None or the error; or say what it may be, answered as data."""

    request: Any
    check: bool


class StepDone(Struct, frozen=True):
    """All events of a step were sent."""


class LookAtValue(Struct, frozen=True):
    """Load the stored value of an asset; answers with what there is to see, or with the error."""

    key: str
    #: Folder for values of IO managers that have none of their own.
    storage: str


class WorkerDiedError(OrchestratorError):
    """A worker ended while it was needed."""

    code = "E401"


class LocationWorker:
    """A handle on the worker of one code location. Starts it at once; answers are awaited when asked for.

    Args:
        ref: the location.
    """

    def __init__(self, ref: LocationRef) -> None:
        self.ref = ref
        self._process: subprocess.Popen[bytes] | None = None
        self._failure: LoadFailure | None = None
        #: The run that was prepared, to prepare it again in a new process.
        self._run: PrepareRun | None = None
        self._start()

    def describe(self) -> LocationSnapshot | LoadFailure:
        """Wait until the location is loaded."""
        if self._failure is None:
            try:
                self._read_hello()
                answer: LocationSnapshot | LoadFailure = self._receive()
            except WorkerDiedError as error:
                self._failure = LoadFailure(name=self.ref.name, message=error.message, code=error.code, hint=error.hint)
            else:
                return answer
        return self._failure

    def prepare_run(self, request: Any, capture: Any) -> None:
        """Make ready for a run. A worker that died earlier is started again.

        Args:
            request: the run.
            capture: how the output of its steps is kept.

        Raises:
            OrchestratorError: the run cannot be prepared, in the words of the worker.
            WorkerDiedError: it died now, or cannot be started again.
        """
        if self._process is None or self._process.poll() is not None:
            self._restart()
        prepare = PrepareRun(request, capture)
        self._ask(prepare)
        self._run = prepare

    def start_run(self) -> None:
        """Start the resources of the run that was prepared.

        Raises:
            OrchestratorError: one cannot be started, in the words of the worker.
            WorkerDiedError: it died.
        """
        self._ask(StartRun())

    def end_run(self) -> None:
        """Tear down what `prepare_run` and `start_run` did."""
        self._run = None
        if self._process is not None and self._process.poll() is None:
            self._ask(EndRun())

    def _ask(self, message: object) -> None:
        self._send(message)
        error = self._receive()
        if error is not None:
            raise error

    def run_step(self, request: Any) -> Iterator[Any]:
        """Run a step and yield its events. A worker that died earlier is started again.

        Raises:
            WorkerDiedError: it died now, or cannot be started again.
        """
        if self._process is None or self._process.poll() is not None:
            self._restart()
        self._send(RunStep(request))
        while not isinstance(message := self._receive(), StepDone):
            yield message

    def look_at_value(self, key: str, storage: str) -> Any:
        """The stored value of an asset to look at, or why it cannot be loaded.

        Raises:
            WorkerDiedError: it died now, or cannot be started again.
        """
        if self._process is None or self._process.poll() is not None:
            self._restart()
        self._send(LookAtValue(key, storage))
        return self._receive()

    def look_at_config(self, request: Any, *, check: bool) -> Any:
        """What the config of a run may say about this location; None if it is only checked.

        Raises:
            OrchestratorError: the config does not fit, in the words of the worker.
            WorkerDiedError: it died.
        """
        self._send(LookAtConfig(request, check))
        answer = self._receive()
        if isinstance(answer, OrchestratorError):
            raise answer
        return answer

    def interrupt(self) -> None:
        """Raise `KeyboardInterrupt` in the step that runs; safe in a signal handler."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)

    def close(self, *, at_once: bool = False) -> None:
        """End the process.

        Args:
            at_once: do not wait for a running step.
        """
        if self._process is None:
            return
        if at_once:
            self._process.kill()
        for pipe in (self._requests, self._answers):
            try:
                pipe.close()
            except OSError:  # the other side is gone already
                continue
        try:
            self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._process = None

    def _start(self) -> None:
        ref = self.ref
        executable = ref.executable_path or sys.executable
        their_requests, our_requests = os.pipe()
        our_answers, their_answers = os.pipe()
        self._requests = os.fdopen(our_requests, "wb")
        self._answers = os.fdopen(our_answers, "rb")
        try:
            self._process = subprocess.Popen(  # noqa: S603  the user's own interpreter
                # -P: the worker's folder must not shadow the standard library
                [executable, "-P", "-m", _ENTRY_POINT, str(their_requests), str(their_answers)],
                stdin=subprocess.DEVNULL,
                stdout=2,  # what user code prints is talk, not data
                cwd=ref.working_directory or ref.base_directory,
                pass_fds=(their_requests, their_answers),
                start_new_session=True,  # Ctrl-C in a terminal is for the coordinator alone
            )
            self._send(Describe(ref))
        except OSError as error:
            self._failure = _cannot_start(ref, executable, error)
        except WorkerDiedError as error:
            self._failure = LoadFailure(name=ref.name, message=error.message, hint=error.hint)
        finally:
            os.close(their_requests)
            os.close(their_answers)
            if self._process is None:
                self._requests.close()
                self._answers.close()

    def _restart(self) -> None:
        self.close()
        self._failure = None
        self._start()
        answer = self.describe()
        if isinstance(answer, LoadFailure):
            raise WorkerDiedError(f"the code location `{self.ref.name}` cannot be loaded again: {answer.message}")
        if self._run is not None:
            self._ask(self._run)
            self._ask(StartRun())

    def _read_hello(self) -> None:
        line = self._answers.readline()
        if not line:
            raise self._died()
        hello = msgspec.json.decode(line, type=Hello)
        if hello.protocol != PROTOCOL:
            raise WorkerDiedError(
                f"{self.ref.executable_path} has orch {hello.version}, which speaks another protocol "
                f"({hello.protocol}, not {PROTOCOL})",
                hint="install the same version of orch there",
            )

    def _send(self, message: object) -> None:
        try:
            pickle.dump(message, self._requests, protocol=5)
            self._requests.flush()
        except (BrokenPipeError, ValueError):
            raise self._died() from None

    def _receive(self) -> Any:
        try:
            return pickle.load(self._answers)  # noqa: S301  our own process
        except (EOFError, pickle.UnpicklingError, ValueError):
            raise self._died() from None

    def _died(self) -> WorkerDiedError:
        if self._process is None:
            return WorkerDiedError(f"the worker of code location `{self.ref.name}` is not running")
        try:
            code = self._process.wait(_GRACE)
        except subprocess.TimeoutExpired:
            self._process.kill()
            code = self._process.wait()
        if code < 0:
            name = signal.Signals(-code).name
            hint = "was the machine out of memory?" if name == "SIGKILL" else None
            return WorkerDiedError(f"the worker of `{self.ref.name}` was killed by {name}", hint=hint)
        hint = None
        if self.ref.executable_path:
            hint = f"is orch installed there? {self.ref.executable_path} -m pip install orchestrator"
        return WorkerDiedError(f"the worker of `{self.ref.name}` ended with exit code {code}", hint=hint)


def _cannot_start(ref: LocationRef, executable: str, error: OSError) -> LoadFailure:
    folder = ref.working_directory or ref.base_directory
    if not os.path.isdir(folder):  # noqa: PTH112  one check on the way to a message
        return LoadFailure(name=ref.name, message=f"the working directory {folder} does not exist")
    reason = "does not exist" if isinstance(error, FileNotFoundError) else f"cannot be run: {error.strerror}"
    return LoadFailure(
        name=ref.name,
        message=f"the interpreter {executable} {reason}",
        hint="executable_path is relative to the workspace file",
    )
