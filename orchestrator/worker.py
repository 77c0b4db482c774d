"""The worker process: `python -P -m orchestrator.worker READ_FD WRITE_FD`.

The main thread loads the code location and runs steps, so that a signal reaches user code; a second thread owns the
incoming pipe and ends the process when the coordinator is gone. See `orchestrator.workspace.process` for the protocol.
"""

import gc
import os
import pickle
import queue
import sys
import threading
import time
from collections.abc import Callable
from typing import IO, TYPE_CHECKING, Any

import msgspec

from orchestrator import __version__
from orchestrator.errors import OrchestratorError, ResourceError
from orchestrator.execution.capture import Capture
from orchestrator.execution.capturing import CapturingRunner
from orchestrator.execution.interrupts import Interrupts
from orchestrator.execution.step import StepRunner
from orchestrator.io_managers.filesystem import FilesystemIOManager
from orchestrator.values import look_at_value
from orchestrator.workspace.load import load_location
from orchestrator.workspace.process import (
    PROTOCOL,
    Describe,
    EndRun,
    Hello,
    LookAtConfig,
    LookAtValue,
    PrepareRun,
    RunStep,
    StartRun,
    StepDone,
)

if TYPE_CHECKING:
    from orchestrator.definitions.collection import Definitions

#: How long a step may go on after the coordinator is gone, in seconds.
_GRACE = 1.0


def main(arguments: list[str]) -> None:
    """Serve requests until the coordinator closes the pipe.

    Args:
        arguments: the file descriptors to read requests from and to write answers to.
    """
    read, write = int(arguments[0]), int(arguments[1])
    for descriptor in (read, write):
        os.set_inheritable(descriptor, False)  # noqa: FBT003  children of user code must not keep the pipes open
    with Interrupts() as interrupts, os.fdopen(read, "rb") as requests, os.fdopen(write, "wb") as answers:
        worker = _Worker(answers, interrupts)
        worker.say_hello()
        inbox: queue.SimpleQueue[Any] = queue.SimpleQueue()
        threading.Thread(target=_receive_forever, args=(requests, inbox), daemon=True).start()
        while (message := inbox.get()) is not None:
            worker.handle(message)


def _receive_forever(requests: IO[bytes], inbox: "queue.SimpleQueue[Any]") -> None:
    while True:
        try:
            inbox.put(pickle.load(requests))  # noqa: S301  our own coordinator
        except (EOFError, OSError, ValueError):
            inbox.put(None)  # an idle worker ends as any program does
            time.sleep(_GRACE)
            os._exit(0)


class _Worker:
    def __init__(self, answers: IO[bytes], interrupts: Interrupts) -> None:
        self._answers = answers
        self._interrupts = interrupts
        self._lock = threading.Lock()  # threads of user code may log
        self._definitions: Definitions | None = None
        self._runner: StepRunner | None = None
        #: The same while a run is under way.
        self._capturing: CapturingRunner | None = None

    def say_hello(self) -> None:
        python = ".".join(map(str, sys.version_info[:3]))
        self._answers.write(msgspec.json.encode(Hello(PROTOCOL, __version__, python)) + b"\n")
        self._answers.flush()

    def handle(self, message: object) -> None:
        if isinstance(message, Describe):
            self._load(message)
        elif self._runner is not None and self._definitions is not None:
            self._handle_loaded(message, self._runner, self._definitions)

    def _load(self, message: Describe) -> None:
        gc.disable()  # what is loaded stays
        loaded = load_location(message.ref)
        self._definitions = loaded.definitions
        if loaded.definitions is not None:
            self._runner = StepRunner(
                loaded.definitions, FilesystemIOManager(), self._interrupts, location=message.ref.name
            )
        gc.freeze()
        gc.enable()
        self._send(loaded.snapshot)

    def _handle_loaded(self, message: object, runner: StepRunner, definitions: "Definitions") -> None:
        if isinstance(message, PrepareRun):
            self._capturing = CapturingRunner(runner, Capture(message.capture))
            self._send(_error_of(self._capturing.prepare, message.request))
        elif isinstance(message, LookAtValue):
            self._send(look_at_value(definitions, message.key, message.storage))
        elif isinstance(message, LookAtConfig):
            self._send(_config_answer(runner, message))
        elif self._capturing is not None:
            self._handle_run(message, self._capturing)

    def _handle_run(self, message: object, capturing: CapturingRunner) -> None:
        if isinstance(message, StartRun):
            self._send(_error_of(capturing.start))
        elif isinstance(message, EndRun):
            self._send(_error_of(capturing.end))
        elif isinstance(message, RunStep):
            capturing.run(message.request, self._send)
            self._send(StepDone())

    def _send(self, message: object) -> None:
        with self._lock:
            try:
                pickle.dump(message, self._answers, protocol=5)
                self._answers.flush()
            except BrokenPipeError:
                os._exit(0)


def _config_answer(runner: StepRunner, message: LookAtConfig) -> Any:
    if message.check:
        return _error_of(runner.check_config, message.request)
    return runner.describe_config(message.request)


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
