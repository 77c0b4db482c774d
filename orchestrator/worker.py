"""The worker process: `python -P -m orchestrator.worker DESCRIPTOR`, or a copy of a process that has loaded a location.

The main thread loads the code location and runs steps, so that a signal reaches user code; a second thread owns what
comes in and ends the process, with all that it started, when the coordinator is gone. See
`orchestrator.workspace.messages` for what is said, and docs/decisions/0009.
"""

import gc
import os
import queue
import signal
import sys
import threading
import time
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, NoReturn

from orchestrator import __version__
from orchestrator.definitions.upward import fetch
from orchestrator.errors import LoadError, OrchestratorError, ResourceError
from orchestrator.execution.capture import Capture
from orchestrator.execution.capturing import CapturingRunner
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.step import StepRunner
from orchestrator.execution.usage import Meter
from orchestrator.instance import STORE_VARIABLE, Instance
from orchestrator.io_managers.filesystem import FilesystemIOManager
from orchestrator.values import look_at_value
from orchestrator.workspace.channel import Channel, ChannelClosedError
from orchestrator.workspace.forking import fork_hazard, open_files
from orchestrator.workspace.load import load_location
from orchestrator.workspace.location import LocationRef
from orchestrator.workspace.messages import (
    AwaitExit,
    Describe,
    EndRun,
    EvaluateTick,
    Forked,
    ForkWorker,
    LookAtConfig,
    LookAtValue,
    PrepareRun,
    RunStep,
    StartRun,
    StepDone,
    hello,
)
from orchestrator.workspace.worker_process import wait_for_exit

if TYPE_CHECKING:
    from orchestrator.definitions.collection import Definitions

#: How long a step may go on after the coordinator is gone, in seconds.
_GRACE = 1.0


def main(arguments: list[str]) -> None:
    """Serve requests until the coordinator is gone.

    Args:
        arguments: the file descriptor of this end of the channel.
    """
    channel = Channel.of_descriptor(int(arguments[0]))
    with Interrupts() as interrupts:
        try:
            channel.send(hello(__version__, ".".join(map(str, sys.version_info[:3]))))
        except ChannelClosedError:
            return  # the coordinator was gone before this process had begun
        _Worker(channel, interrupts).serve()


def serve_copy(channel: Channel, ref: LocationRef, definitions: "Definitions") -> NoReturn:
    """Go on as a worker, in a process that was just forked from one that has loaded a code location.

    Args:
        channel: this end.
        ref: the location.
        definitions: what was loaded.
    """

    def serve() -> None:
        nowhere = os.open(os.devnull, os.O_RDONLY)
        os.dup2(nowhere, 0)
        os.close(nowhere)
        os.dup2(2, 1)  # what user code prints is talk, not data
        with Interrupts() as interrupts:
            worker = _Worker(channel, interrupts)
            worker.take(ref, definitions)
            worker.serve()

    _as_own_process(serve)


def _as_own_process(serve: Callable[[], None]) -> NoReturn:
    """Do what a forked process is for, and end: nothing of what the other process had begun goes on here."""
    code = 1
    try:
        os.setsid()
        gc.freeze()  # what the other process owns is not finalized here
        serve()
        code = 0
    except BaseException:  # noqa: BLE001  there is nobody above
        sys.excepthook(*sys.exc_info())
    finally:
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        os._exit(code)


class _Received(NamedTuple):
    message: Any
    #: What was handed over with `ForkWorker`.
    end: Channel | None = None


def _receive_forever(channel: Channel, inbox: "queue.SimpleQueue[_Received | None]") -> None:
    while True:
        try:
            message = channel.receive()
            end = channel.receive_end() if isinstance(message, ForkWorker) else None
            inbox.put(_Received(message, end))
        except ChannelClosedError:
            inbox.put(None)  # an idle worker ends as any program does
            time.sleep(_GRACE)
            _end_session()


def _end_session() -> NoReturn:
    """End this process and everything that it started."""
    if os.getsid(0) == os.getpid():
        os.killpg(os.getpid(), signal.SIGKILL)
    os._exit(0)


class _Worker:
    def __init__(self, channel: Channel, interrupts: Interrupts) -> None:
        self._channel = channel
        self._interrupts = interrupts
        self._lock = threading.Lock()  # threads of user code may log
        #: The files that were open before user code was loaded.
        self._before = open_files()
        self._definitions: Definitions | None = None
        self._runner: StepRunner | None = None
        #: The same while a run is under way.
        self._capturing: CapturingRunner | None = None

    def take(self, ref: LocationRef, definitions: "Definitions") -> None:
        """Serve what was loaded before this process began."""
        self._definitions = definitions
        self._runner = StepRunner(definitions, FilesystemIOManager(), self._interrupts, location=ref.name)

    def serve(self) -> None:
        """Answer until the coordinator is gone."""
        inbox: queue.SimpleQueue[_Received | None] = queue.SimpleQueue()
        threading.Thread(target=_receive_forever, args=(self._channel, inbox), daemon=True).start()
        while (received := inbox.get()) is not None:
            if received.end is not None:
                self._fork(received.end)
            else:
                self._handle(received.message)

    def _handle(self, message: object) -> None:
        if isinstance(message, Describe):
            gc.disable()  # what is loaded stays
            loaded = load_location(message.ref)
            gc.freeze()
            gc.enable()
            if loaded.definitions is not None:
                self.take(message.ref, loaded.definitions)
            self._send(loaded.snapshot)
        elif isinstance(message, AwaitExit):
            self._send(wait_for_exit(message.pid, _GRACE))
        elif self._runner is not None and self._definitions is not None:
            self._handle_loaded(message, self._runner, self._definitions)
        else:  # whoever asks waits for an answer
            self._send(None if isinstance(message, EndRun) else LoadError("the code location could not be loaded"))

    def _fork(self, end: Channel) -> None:
        # the second thread waits in a system call and holds nothing
        hazard = fork_hazard(self._before | {end.fileno()}, threads=2)
        pid = 0
        if not hazard:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # of Python 3.12: it cannot know that
                pid = os.fork()
            if pid == 0:
                end.close_others()
                self._channel = end
                _as_own_process(self.serve)
        end.close()
        self._send(Forked(pid, hazard))

    def _handle_loaded(self, message: object, runner: StepRunner, definitions: "Definitions") -> None:
        if isinstance(message, PrepareRun):
            runner.worker = message.worker
            runner.meter = Meter()
            # values and records have one home; to open it would take longer than many a run
            home = Path(message.request.storage).parent
            runner.instance = Instance.existing_late(home, os.environ.get(STORE_VARIABLE))
            self._capturing = CapturingRunner(runner, Capture(message.capture))
            self._send(_error_of(self._capturing.prepare, message.request))
        elif isinstance(message, LookAtValue):
            self._send(look_at_value(definitions, message.key, message.storage))
        elif isinstance(message, LookAtConfig):
            self._send(_config_answer(runner, message))
        elif isinstance(message, EvaluateTick):
            self._send(_evaluated(definitions, message))
            self._interrupts.forget()
        elif self._capturing is not None:
            self._handle_run(message, self._capturing)

    def _handle_run(self, message: object, capturing: CapturingRunner) -> None:
        if isinstance(message, StartRun):
            self._send(_error_of(capturing.start))
        elif isinstance(message, EndRun):
            error = _error_of(capturing.end)
            self._close_instance()
            self._interrupts.forget()  # or the next run would be stopped at once
            self._send(error)
        elif isinstance(message, RunStep):
            capturing.run(message.request, self._send_event)
            self._send(StepDone())

    def _close_instance(self) -> None:
        if self._runner is not None and self._runner.instance is not None:
            self._runner.instance.close()
            self._runner.instance = None

    def _send_event(self, event: object) -> None:
        self._send(event, plain=True)  # what user code says may be of its own types

    def _send(self, message: object, *, plain: bool = False) -> None:
        with self._lock:
            try:
                self._channel.send(message, plain=plain)
            except ChannelClosedError:
                _end_session()


def _config_answer(runner: StepRunner, message: LookAtConfig) -> Any:
    if message.check:
        return _error_of(runner.check_config, message.request)
    return runner.describe_config(message.request)


def _evaluated(definitions: "Definitions", message: EvaluateTick) -> Any:
    evaluate = fetch("execution.evaluation", "evaluate")  # few workers do
    with Instance.existing(Path(message.home), os.environ.get(STORE_VARIABLE)) or Instance.ephemeral() as instance:
        return evaluate(definitions, message, instance)


def _error_of(call: Callable[..., None], *arguments: Any) -> OrchestratorError | None:
    """Call, and return what was raised, without the cause: that may hold what another interpreter does not know."""
    try:
        call(*arguments)
    except OrchestratorError as error:
        error.__cause__ = error.__context__ = None
        return error
    except KeyboardInterrupt:
        return ResourceError("interrupted while resources were started")
    return None


if __name__ == "__main__":
    main(sys.argv[1:])
