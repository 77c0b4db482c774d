"""The books of automation in memory."""

import threading
from collections.abc import Sequence

from msgspec.structs import replace

from orchestrator.runs.records import Coordinator
from orchestrator.runs.requests import RunRequestData
from orchestrator.runs.ticks import (
    KEEP_SKIPPED,
    AutomationState,
    RunRequestRecord,
    TickRecord,
    counted,
    launched,
    new_requests,
)


class MemoryTickStore:
    """A `TickStore` that is gone with the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._states: dict[tuple[str, str], AutomationState] = {}
        self._ticks: dict[tuple[str, str], list[TickRecord]] = {}
        self._requests: dict[str, RunRequestRecord] = {}
        self._leases: dict[str, tuple[str, float]] = {}

    def states(self) -> list[AutomationState]:
        """How far schedules and sensors have come, by location and name."""
        with self._lock:
            return [state for _, state in sorted(self._states.items())]

    def set_status(self, location: str, name: str, kind: str, status: str, since: float | None = None) -> None:
        """Say that one is running or stopped; see `TickStore.set_status`."""
        with self._lock:
            key = (location, name)
            found = self._states.get(key) or AutomationState(location=location, name=name, kind=kind)
            last_tick = found.last_tick if since is None else since
            self._states[key] = replace(found, status=status, last_tick=last_tick)

    def note_seen(self, location: str, name: str, kind: str, now: float) -> None:
        """Say that nothing is due before now; see `TickStore.note_seen`."""
        with self._lock:
            key = (location, name)
            found = self._states.get(key) or AutomationState(location=location, name=name, kind=kind)
            if found.last_tick is None:
                self._states[key] = replace(found, last_tick=now)

    def record(
        self, tick: TickRecord, requests: Sequence[RunRequestData], before: AutomationState, after: AutomationState
    ) -> TickRecord | None:
        """Write down a tick; see `TickStore.record`."""
        key = (tick.location, tick.name)
        with self._lock:
            state = self._states.get(key)
            if (state.position if state else (None, None)) != before.position:
                return None
            ticks = self._ticks.setdefault(key, [])
            if tick.kind == "schedule" and any(one.scheduled == tick.scheduled for one in ticks):
                return None
            of_this = [one for one in self._requests.values() if (one.location, one.name) == key]
            made = new_requests(tick, requests, [one.run_key for one in of_this if one.run_key is not None])
            recorded = counted(tick, len(made))
            ticks[:] = [one for one in ticks if not _is_old(one, tick.scheduled)]
            ticks.append(recorded)
            self._requests.update({one.id: one for one in made})
            self._states[key] = replace(after, status=state.status if state else "")
        return recorded

    def ticks(self, location: str, name: str, limit: int) -> list[TickRecord]:
        """Ticks of a schedule or sensor, newest first."""
        with self._lock:
            return self._ticks.get((location, name), [])[::-1][:limit]

    def requests(self, *, status: str = "", tick_id: str = "") -> list[RunRequestRecord]:
        """Requests in the order they were made."""
        with self._lock:
            return [
                one
                for one in self._requests.values()
                if (not status or one.status == status) and (not tick_id or one.tick_id == tick_id)
            ]

    def request(self, request_id: str) -> RunRequestRecord | None:
        """The request with this id."""
        return self._requests.get(request_id)

    def note_launched(self, request_id: str, attempts: int, process: Coordinator) -> bool:
        """Take a request that is queued; see `TickStore.note_launched`."""
        with self._lock:
            found = self._requests.get(request_id)
            if found is None or (found.status, found.attempts) != ("queued", attempts):
                return False
            self._requests[request_id] = launched(found, process)
        return True

    def note_queued(self, request_id: str, attempts: int) -> bool:
        """Put a request back; see `TickStore.note_queued`."""
        with self._lock:
            found = self._requests.get(request_id)
            if found is None or (found.status, found.attempts) != ("launched", attempts):
                return False
            self._requests[request_id] = replace(found, status="queued")
        return True

    def note_done(self, request_id: str, *, dropped: str = "") -> None:
        """Say that the run of a request is over, or why there will be none."""
        with self._lock:
            found = self._requests.get(request_id)
            if found is not None:
                status = "dropped" if dropped else "done"
                self._requests[request_id] = replace(found, status=status, message=dropped)

    def lease(self, name: str, holder: str, now: float, seconds: float) -> str:
        """Ask for a lease, or renew it; see `TickStore.lease`."""
        with self._lock:
            owner, expires = self._leases.get(name, (holder, now))
            if owner != holder and expires > now:
                return owner
            self._leases[name] = (holder, now + seconds)
        return holder

    def release(self, name: str, holder: str) -> None:
        """Give a lease back."""
        with self._lock:
            if self._leases.get(name, ("", 0.0))[0] == holder:
                del self._leases[name]


def _is_old(tick: TickRecord, now: float) -> bool:
    return tick.kind == "sensor" and tick.status == "skipped" and tick.scheduled < now - KEEP_SKIPPED
