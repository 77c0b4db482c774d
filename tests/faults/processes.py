"""The processes that a command started, and what they started in turn: known by a word in their environment."""

import os
import subprocess
import sys
import time
import uuid
from collections.abc import Mapping, Sequence
from pathlib import Path

ORCH = str(Path(sys.executable).with_name("orch"))
_MARK = "KILL_TEST_MARK"
#: How long after the end of a command anything of it may still be there, in seconds.
PATIENCE = 3.0
NAP = 0.001


class Command:
    """A program that runs in the background, with everything it starts.

    Args:
        arguments: the program and its arguments; `orch` if the first is an option or a command of it.
        folder: where it runs.
        changes: variables of its environment.
    """

    def __init__(self, arguments: Sequence[str], folder: Path, changes: Mapping[str, str] | None = None) -> None:
        self._mark = f"{_MARK}={uuid.uuid4().hex}"
        name, _, value = self._mark.partition("=")
        kept = {key: text for key, text in os.environ.items() if not key.startswith(("ORCH_", "PYTHONDONTWRITE"))}
        self._out = folder / f"{value}.out"
        with self._out.open("wb") as out:
            self.process = subprocess.Popen(
                [ORCH, *arguments],
                cwd=folder,
                env={**kept, "TERM": "dumb", name: value, **(changes or {})},
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
            )

    @property
    def pid(self) -> int:
        """Of the program itself."""
        return self.process.pid

    @property
    def is_alive(self) -> bool:
        """Whether the program itself runs."""
        return self.process.poll() is None

    @property
    def said(self) -> str:
        """What it and all that it started have printed."""
        return self._out.read_text(errors="replace")

    def wait(self, seconds: float = 30.0) -> int:
        """Wait for the end of the program; its exit code."""
        try:
            return self.process.wait(seconds)
        except subprocess.TimeoutExpired:
            self.kill_all()
            raise AssertionError(f"it did not end in {seconds} s:\n{self.said}") from None

    def others(self) -> list[int]:
        """The processes it has started, directly or not, that are still there; the oldest first."""
        return [pid for pid in marked(self._mark) if pid != self.pid]

    def send(self, number: int, pids: Sequence[int]) -> list[int]:
        """Send a signal to some of its processes; those that were there."""
        reached = []
        for pid in pids:
            try:
                os.kill(pid, number)
            except ProcessLookupError:
                continue
            reached.append(pid)
        return reached

    def kill_all(self) -> None:
        """Leave nothing of it behind."""
        self.send(9, [*self.others(), self.pid])
        self.process.wait()

    def assert_gone(self) -> None:
        """The program has ended; all that it started must be gone soon."""
        give_up = time.monotonic() + PATIENCE
        while left := self.others():
            if time.monotonic() > give_up:
                lines = [f"{pid}: {_command_line(pid)}" for pid in left]
                self.send(9, left)
                raise AssertionError("processes were left behind:\n" + "\n".join(lines) + f"\n{self.said}")
            time.sleep(NAP)


def marked(mark: str) -> list[int]:
    """The processes with a word in their environment, zombies left out."""
    found = []
    for entry in os.scandir("/proc"):
        if entry.name.isdigit():
            try:
                environment = Path(entry.path, "environ").read_bytes()
            except OSError:
                continue
            if mark.encode() in environment.split(b"\0"):
                found.append(int(entry.name))
    return sorted(found)


def _command_line(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return "gone"
