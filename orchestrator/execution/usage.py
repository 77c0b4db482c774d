"""What a step takes of the machine, measured where it has a process to itself."""

import resource
from contextlib import suppress
from pathlib import Path
from typing import TypedDict

_STATUS = Path("/proc/self/status")
_CLEAR = Path("/proc/self/clear_refs")
#: Written there, it sets the peak of the memory that is held to what is held now.
_RESET_PEAK = b"5"


class Usage(TypedDict, total=False):
    """Fields of the events that end an attempt."""

    cpu_s: float
    peak_rss: int


class Meter:
    """Measures one attempt at a time in this process."""

    def __init__(self) -> None:
        self._cpu_s = 0.0

    def start(self) -> None:
        """An attempt begins."""
        with suppress(OSError):  # the peak is then that of the process so far
            _CLEAR.write_bytes(_RESET_PEAK)
        self._cpu_s = _cpu_s()

    def read(self) -> Usage:
        """What the attempt took so far: seconds of all processors, bytes of memory at the most."""
        return Usage(cpu_s=_cpu_s() - self._cpu_s, peak_rss=_peak_rss())


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(one.ru_utime + one.ru_stime for one in used)


def _peak_rss() -> int:
    with suppress(OSError):
        for line in _STATUS.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
