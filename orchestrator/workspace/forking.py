"""Whether a process that has loaded user code may become two.

A fork copies one thread and shares every open file. It goes wrong where other threads hold locks, and where two processes
use one connection. Both can be seen without knowing the code: how many threads there are for the operating system, and
which files loading left open.
"""

import os
import sys
from collections.abc import Collection

_THREADS = "/proc/self/task"
_FILES = "/proc/self/fd"
#: Modules whose state every copy would share, and what it is.
_SHARED_STATE = {"numpy.random": "NumPy's random generator: every copy would draw the same numbers"}


def open_files() -> frozenset[int]:
    """The file descriptors of this process; empty where that cannot be known."""
    try:
        names = os.listdir(_FILES)  # noqa: PTH208  names are all that is needed
    except OSError:
        return frozenset()
    # the listing itself was open while it was made
    return frozenset(number for number in map(int, names) if _is_open(number))


def fork_hazard(before: Collection[int], *, threads: int = 1) -> str:
    """What keeps this process from becoming two; empty if nothing does.

    Args:
        before: the files that were open before user code was loaded, or that are known to be harmless.
        threads: how many threads are known to be harmless.
    """
    try:
        running = len(os.listdir(_THREADS))  # noqa: PTH208
    except OSError:
        return "this system does not tell its threads"
    if running > threads:
        return f"{running - threads} threads"
    held = open_files().difference(before)
    if held:
        return f"open files: {', '.join(_target(number) for number in sorted(held))}"
    return next((why for name, why in _SHARED_STATE.items() if name in sys.modules), "")


def _is_open(number: int) -> bool:
    try:
        os.fstat(number)
    except OSError:
        return False
    return True


def _target(number: int) -> str:
    try:
        return os.readlink(f"{_FILES}/{number}")  # noqa: PTH115
    except OSError:
        return str(number)
