"""A process at the other end of a channel: started afresh or forked, told to stop, and what became of it."""

import os
import select
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

from orchestrator.errors import OrchestratorError
from orchestrator.workspace.channel import Channel, ChannelClosedError
from orchestrator.workspace.location import LocationRef

_ENTRY_POINT = "orchestrator.worker"
#: How long an idle worker may take to end when it is asked to, in seconds.
_GRACE = 2.0
_NAP = 0.002


class WorkerDiedError(OrchestratorError):
    """A worker ended while it was needed."""

    code = "E401"


class WorkerProcess:
    """A worker. It leads a session of its own, so that what it leaves behind can be killed with it.

    Args:
        name: what messages call it.
        pid: its process id.
        channel: our end.
        await_exit: waits at most so many seconds; returns the exit code, negative for a signal, None if it is not known.
        hint: what to do if it ends before it says anything.
    """

    def __init__(
        self, name: str, pid: int, channel: Channel, await_exit: Callable[[float], int | None], hint: str | None = None
    ) -> None:
        self.name = name
        self.pid = pid
        self.channel = channel
        self._await_exit = await_exit
        self._hint = hint
        self._ooms = oom_kills()
        self._ended: WorkerDiedError | None = None
        #: Tells of its death even where a child of it keeps the channel open.
        self.death: int | None = _process_descriptor(pid)

    @property
    def is_alive(self) -> bool:
        """Whether it runs, as far as is known without waiting."""
        if self._ended is not None or self.channel.fileno() < 0:
            return False
        if self.death is not None:
            return not select.select([self.death], [], [], 0)[0]
        return _exists(self.pid)

    def send(self, message: object) -> None:
        """Send a message.

        Raises:
            WorkerDiedError: it is gone.
        """
        try:
            self.channel.send(message)
        except ChannelClosedError:
            raise self.died() from None

    def receive(self) -> Any:
        """Wait for a message.

        Raises:
            WorkerDiedError: it is gone.
        """
        watched: list[Any] = [self.channel] if self.death is None else [self.channel, self.death]
        select.select(watched, [], [])
        return self.take()

    def receive_within(self, seconds: float) -> Any:
        """Wait so long for a message; None if there is none.

        Raises:
            WorkerDiedError: it is gone.
        """
        watched: list[Any] = [self.channel] if self.death is None else [self.channel, self.death]
        return self.take() if select.select(watched, [], [], seconds)[0] else None

    def take(self) -> Any:
        """What has come, now that there is something to read on its channel or `death`.

        Raises:
            WorkerDiedError: it is gone.
        """
        if self.channel.has_message():
            with suppress(ChannelClosedError):
                return self.channel.receive()
        raise self.died()

    def interrupt(self) -> None:
        """Raise `KeyboardInterrupt` in the step that runs; safe in a signal handler."""
        if self._ended is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGINT)

    def kill(self) -> None:
        """End it at once, with all that it started."""
        if self._ended is None:
            _kill_session(self.pid)

    def died(self) -> WorkerDiedError:
        """What became of it; it is dead, or will be when this returns."""
        if self._ended is None:
            self._ended = self._describe(self._end())
            self._release()
        return self._ended

    def close(self, *, at_once: bool = False) -> None:
        """End it; may be called again.

        Args:
            at_once: do not wait for a running step.
        """
        if self._ended is not None:
            return
        if at_once:
            self.kill()
        self.channel.close()
        self._end()
        self._ended = WorkerDiedError(f"{self.name} is not running")
        self._release()

    def _end(self) -> int | None:
        """Wait for its end, or bring it about; kill what it left; return its exit code."""
        if self.death is not None:
            select.select([self.death], [], [], _GRACE)
            # before it is reaped: until then its process id, which is that of its session, is not used again
            _kill_session(self.pid)
            return self._await_exit(_GRACE)
        code = self._await_exit(_GRACE)
        _kill_session(self.pid)
        return self._await_exit(_GRACE) if code is None else code

    def _release(self) -> None:
        self.channel.close()
        if self.death is not None:
            os.close(self.death)
            self.death = None

    def _describe(self, code: int | None) -> WorkerDiedError:
        if code is None:
            return WorkerDiedError(f"{self.name} is gone; nobody knows why")
        if code >= 0:
            return WorkerDiedError(f"{self.name} ended with exit code {code}", hint=self._hint)
        name = _signal_name(-code)
        if name == "SIGKILL":
            if oom_kills() > self._ooms:
                return WorkerDiedError(
                    f"{self.name} was out of memory: the kernel killed it (SIGKILL)",
                    hint="give it more memory, or run fewer steps at once: --max-workers",
                )
            return WorkerDiedError(f"{self.name} was killed by {name}", hint="was the machine out of memory?")
        return WorkerDiedError(f"{self.name} was killed by {name}")


def start_process(ref: LocationRef, folder: str | None = None) -> WorkerProcess:
    """Start a worker afresh. It says hello, then answers `Describe`.

    Args:
        ref: its code location.
        folder: where it runs; what the location says if left out.

    Raises:
        OSError: it cannot be started.
    """
    ours, theirs = Channel.pair()
    executable = ref.executable_path or sys.executable
    try:
        process = subprocess.Popen(  # noqa: S603  the user's own interpreter
            # -P: the worker's folder must not shadow the standard library
            [executable, "-P", "-m", _ENTRY_POINT, str(theirs.fileno())],
            stdin=subprocess.DEVNULL,
            stdout=2,  # what user code prints is talk, not data
            cwd=folder or ref.working_directory or ref.base_directory,
            pass_fds=(theirs.fileno(),),
            start_new_session=True,  # Ctrl-C in a terminal is for the coordinator alone
        )
    except OSError:
        ours.close()
        raise
    finally:
        theirs.close()

    def await_exit(seconds: float) -> int | None:
        try:
            return process.wait(seconds)
        except subprocess.TimeoutExpired:
            return None

    hint = f"is orch installed there? {executable} -m pip install orchestrator" if ref.executable_path else None
    return WorkerProcess(f"the worker of `{ref.name}`", process.pid, ours, await_exit, hint)


def oom_kills() -> int:
    """How many processes the kernel has killed for want of memory; 0 where it does not tell.

    Of this control group, or, where that is not told, of the machine.
    """
    for path in _oom_counters():
        try:
            lines = Path(path).read_text().splitlines()
        except OSError:
            continue
        found = next((line.split()[1] for line in lines if line.startswith("oom_kill ")), None)
        if found is not None:
            return int(found)
    return 0


@cache
def _oom_counters() -> tuple[str, ...]:
    """Files that may tell: of version 2 of control groups, of version 1, of the whole machine."""
    found = []
    try:
        groups = Path("/proc/self/cgroup").read_text().splitlines()
    except OSError:
        groups = []
    for line in groups:
        _, controllers, group = line.split(":", 2)
        for folder in dict.fromkeys((group.rstrip("/"), "")):  # in a container, its own group is the root
            if not controllers:
                found.append(f"/sys/fs/cgroup{folder}/memory.events")
            elif controllers == "memory":
                found.append(f"/sys/fs/cgroup/memory{folder}/memory.oom_control")
    return (*found, "/proc/vmstat")


def _process_descriptor(pid: int) -> int | None:
    """A file that can be read once a process has ended; None where there is no such thing."""
    opener = getattr(os, "pidfd_open", None)
    if opener is None:
        return None
    try:
        return int(opener(pid))
    except OSError:
        return None


def _exists(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except OSError:
        return False
    return True


def _kill_session(pid: int) -> None:
    """Kill a worker and everything of its session that is still there; the worker may have been reaped."""
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _signal_name(number: int) -> str:
    try:
        return signal.Signals(number).name
    except ValueError:
        return f"signal {number}"


def wait_for_exit(pid: int, seconds: float) -> int | None:
    """Wait for the end of a child of this process.

    Args:
        pid: the child.
        seconds: how long at most.

    Returns:
        Its exit code, negative for the signal that killed it; None if it has not ended, or is no child.
    """
    give_up = time.monotonic() + seconds
    while True:
        try:
            found, status = os.waitpid(pid, os.WNOHANG)
        except ChildProcessError:
            return None
        if found:
            return os.waitstatus_to_exitcode(status)
        if time.monotonic() > give_up:
            return None
        time.sleep(_NAP)
