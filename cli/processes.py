"""What the operating system says of the processes that run steps, where it has `/proc`."""

import os
from contextlib import suppress
from pathlib import Path

_PROC = Path("/proc")


class StepProcesses:
    """Memory of the processes that run steps.

    A step may run on another machine, and its process id be that of a stranger here: only this process and what
    descends from it are looked at.
    """

    def __init__(self) -> None:
        self._own: dict[int, bool] = {os.getpid(): True}

    def memory(self, pid: int) -> int | None:
        """How many bytes a process holds; None if that cannot be known."""
        if pid not in self._own:
            self._own[pid] = _descends(pid)
        if self._own[pid]:
            with suppress(OSError, ValueError, IndexError):
                return int((_PROC / str(pid) / "statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")
        return None


def _descends(pid: int) -> bool:
    """Whether a process was started by this one, or by one that was."""
    own = os.getpid()
    with suppress(OSError, ValueError, IndexError):
        while pid > 1:
            # the name of the program stands in parentheses, and may hold anything
            pid = int((_PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()[1])
            if pid == own:
                return True
    return False
