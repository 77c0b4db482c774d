"""The first worker of a code location: the process that loads it.

It answers questions about the location, and runs its steps where one runs at a time. Where several do, it stays as it is
after loading and becomes as many workers as are needed; see `orchestrator.workspace.forking`.
"""

import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from orchestrator.definitions.upward import fetch
from orchestrator.errors import OrchestratorError
from orchestrator.graph.snapshot import LoadFailure, LocationSnapshot
from orchestrator.workspace.channel import Channel, ChannelClosedError
from orchestrator.workspace.forking import fork_hazard, open_files
from orchestrator.workspace.location import LocationRef
from orchestrator.workspace.messages import (
    PROTOCOL,
    AwaitExit,
    Describe,
    EndRun,
    Forked,
    ForkWorker,
    LookAtConfig,
    LookAtValue,
    PrepareRun,
    RunStep,
    StartRun,
    StepDone,
)
from orchestrator.workspace.worker_process import WorkerDiedError, WorkerProcess, start_process, wait_for_exit

if TYPE_CHECKING:
    from orchestrator.definitions.collection import Definitions


class LocationWorker:
    """A handle on the worker of one code location. Starts it at once; answers are awaited when asked for.

    Args:
        ref: the location.
        folder: where it runs; what the location says if left out.
        loaded: its definitions, if this process has loaded them and may be forked: it becomes two here.
    """

    def __init__(self, ref: LocationRef, folder: str | None = None, loaded: "Definitions | None" = None) -> None:
        self.ref = ref
        self._folder = folder
        self._process: WorkerProcess | None = None
        self._failure: LoadFailure | None = None
        #: The run that was prepared, to prepare it again in a new process.
        self._run: PrepareRun | None = None
        if loaded is None:
            self._start()
        else:
            self._process = fork_process(f"the worker of `{ref.name}`", ref, loaded)

    def describe(self) -> LocationSnapshot | LoadFailure:
        """Wait until the location is loaded."""
        if self._failure is None:
            try:
                answer = await_description(self._alive(), self.ref)
            except WorkerDiedError as error:
                self._failure = LoadFailure(name=self.ref.name, message=error.message, code=error.code, hint=error.hint)
            else:
                return answer
        return self._failure

    def process(self) -> WorkerProcess:
        """The process, which has loaded the location. One that died is started again.

        Raises:
            WorkerDiedError: it cannot be started again.
        """
        if self._process is None or not self._process.is_alive:
            self._restart()
        return self._alive()

    def new_process(self, number: int, *, fork: bool) -> tuple[WorkerProcess, bool]:
        """Another process of the location, and whether it has loaded it; if not, it says hello and describes it first.

        Args:
            number: tells it from others in messages.
            fork: whether it may be a copy of this one, if that is safe.

        Raises:
            OSError: it cannot be started.
            WorkerDiedError: it died at once.
        """
        name = f"worker {number} of `{self.ref.name}`"
        if fork:
            copy = self._copy(name)
            if copy is not None:
                return copy, True
        process = start_process(self.ref, self._folder)
        process.name = name
        process.send(Describe(self.ref))
        return process, False

    def _copy(self, name: str) -> WorkerProcess | None:
        """A copy of the process; None if it cannot safely be copied, or dies now."""
        ours, theirs = Channel.pair()
        try:
            first = self.process()
            first.send(ForkWorker())
            first.channel.send_end(theirs)
            forked = first.receive()
        except (WorkerDiedError, ChannelClosedError):
            forked = Forked(0)
        finally:
            theirs.close()
        if not forked.pid:
            ours.close()
            return None
        return WorkerProcess(name, forked.pid, ours, self._awaits(forked.pid))

    def prepare_run(self, request: Any, capture: Any, worker: str = "") -> None:
        """Make ready for a run. A worker that died earlier is started again.

        Args:
            request: the run.
            capture: how the output of its steps is kept.
            worker: what the process is called in events.

        Raises:
            OrchestratorError: the run cannot be prepared, in the words of the worker.
            WorkerDiedError: it died now, or cannot be started again.
        """
        prepare = PrepareRun(request, capture, worker)
        try:
            self.process()
            self._ask(prepare)
        except WorkerDiedError:  # nothing has begun: once more, in a new one
            self.process()
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
        if self._process is not None and self._process.is_alive:
            self._ask(EndRun())

    def run_step(self, request: Any) -> Iterator[Any]:
        """Run a step and yield its events. A worker that died earlier is started again.

        Raises:
            WorkerDiedError: it died now, or cannot be started again.
        """
        process = self.process()
        process.send(RunStep(request))
        while not isinstance(message := process.receive(), StepDone):
            yield message

    def look_at_value(self, key: str, storage: str) -> Any:
        """The stored value of an asset to look at, or why it cannot be loaded.

        Raises:
            WorkerDiedError: it died now, or cannot be started again.
        """
        process = self.process()
        process.send(LookAtValue(key, storage))
        return process.receive()

    def look_at_config(self, request: Any, *, check: bool) -> Any:
        """What the config of a run may say about this location; None if it is only checked.

        Raises:
            OrchestratorError: the config does not fit, in the words of the worker.
            WorkerDiedError: it died.
        """
        process = self.process()
        process.send(LookAtConfig(request, check))
        answer = process.receive()
        if isinstance(answer, OrchestratorError):
            raise answer
        return answer

    def interrupt(self) -> None:
        """Raise `KeyboardInterrupt` in the step that runs; safe in a signal handler."""
        if self._process is not None:
            self._process.interrupt()

    def close(self, *, at_once: bool = False) -> None:
        """End the process.

        Args:
            at_once: do not wait for a running step.
        """
        if self._process is not None:
            self._process.close(at_once=at_once)
            self._process = None

    def _ask(self, message: object) -> None:
        process = self._alive()
        process.send(message)
        error = process.receive()
        if error is not None:
            raise error

    def _alive(self) -> WorkerProcess:
        if self._process is None:
            raise WorkerDiedError(f"the worker of code location `{self.ref.name}` is not running")
        return self._process

    def _awaits(self, pid: int) -> Callable[[float], int | None]:
        """What asks the first worker for the end of one that was forked."""

        def await_exit(_seconds: float) -> int | None:
            first = self._process
            if first is None or not first.is_alive:
                return None
            try:
                first.send(AwaitExit(pid))
                code: int | None = first.receive()
            except WorkerDiedError:
                return None
            return code

        return await_exit

    def _start(self) -> None:
        ref = self.ref
        try:
            self._process = start_process(ref, self._folder)
            self._process.send(Describe(ref))
        except OSError as error:
            self._failure = _cannot_start(ref, error)
        except WorkerDiedError as error:
            self._failure = LoadFailure(name=ref.name, message=error.message, hint=error.hint)

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


def start_beside(ref: LocationRef, loaded: "Definitions", hazard: str) -> LocationWorker:
    """Start a worker for a location that is loaded in this process, as a copy of it if that is safe.

    Args:
        ref: the location.
        loaded: its definitions.
        hazard: what in them keeps this process from becoming two; empty if nothing does.

    Raises:
        WorkerDiedError: the location cannot be loaded again.
    """
    here = str(Path.cwd())
    if not (hazard or fork_hazard(open_files())):
        return LocationWorker(ref, here, loaded)
    worker = LocationWorker(ref, here)
    answer = worker.describe()
    if isinstance(answer, LoadFailure):
        raise WorkerDiedError(f"`{ref.name}` cannot be loaded in a worker: {answer.message}", hint=answer.hint)
    return worker


def await_description(process: WorkerProcess, ref: LocationRef) -> LocationSnapshot | LoadFailure:
    """What a process that starts afresh says: hello, then what it has loaded.

    Raises:
        WorkerDiedError: it died, or speaks another protocol.
    """
    check_hello(process.receive(), ref)
    answer: LocationSnapshot | LoadFailure = process.receive()
    return answer


def check_hello(said: Any, ref: LocationRef) -> None:
    """Check that a process can be understood.

    Raises:
        WorkerDiedError: it speaks another protocol.
    """
    if said["protocol"] != PROTOCOL:
        raise WorkerDiedError(
            f"{ref.executable_path} has orch {said['version']}, which speaks another protocol "
            f"({said['protocol']}, not {PROTOCOL})",
            hint="install the same version of orch there",
        )


def fork_process(name: str, ref: LocationRef, loaded: "Definitions") -> WorkerProcess:
    """Become two: the copy is a worker that has loaded a code location.

    Args:
        name: what messages call it.
        ref: the location.
        loaded: its definitions.
    """
    ours, theirs = Channel.pair()
    for stream in (sys.stdout, sys.stderr):  # what waits in a buffer would be written twice
        stream.flush()
    pid = os.fork()
    if pid == 0:
        theirs.close_others()
        fetch("worker", "serve_copy")(theirs, ref, loaded)
    theirs.close()

    def await_exit(seconds: float) -> int | None:
        return wait_for_exit(pid, seconds)

    return WorkerProcess(name, pid, ours, await_exit)


def _cannot_start(ref: LocationRef, error: OSError) -> LoadFailure:
    folder = Path(ref.working_directory or ref.base_directory)
    if not folder.is_dir():
        return LoadFailure(name=ref.name, message=f"the working directory {folder} does not exist")
    reason = "does not exist" if isinstance(error, FileNotFoundError) else f"cannot be run: {error.strerror}"
    return LoadFailure(
        name=ref.name,
        message=f"the interpreter {ref.executable_path} {reason}",
        hint="executable_path is relative to the workspace file",
    )
