"""Whether a process that a store tells of is still there."""

import os
from pathlib import Path

from orchestrator.runs.records import Coordinator


def this_process() -> Coordinator:
    """This process, as runs record it."""
    pid = os.getpid()
    return Coordinator(host=os.uname().nodename, pid=pid, process_token=_start_time(pid) or "")


def is_here(host: str) -> bool:
    """Whether a host is this one: of processes of others nothing can be known here."""
    return host == os.uname().nodename


def is_alive(pid: int, process_token: str) -> bool:
    """Whether a process of this host lives."""
    token = _start_time(pid)
    if token is not None:
        return token == process_token
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return not process_token


def _start_time(pid: int) -> str | None:
    """When a process started, in ticks since boot; process ids are used again, this is not. None if not to be known."""
    try:
        text = Path(f"/proc/{pid}/stat").read_text()
    except OSError:
        return None
    fields = text.rpartition(")")[2].split()  # the name before it may hold spaces and parentheses
    return None if fields[0] in ("Z", "X") else fields[19]
