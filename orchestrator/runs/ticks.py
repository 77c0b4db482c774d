"""The books of automation: what was evaluated, which runs it requested, how far each schedule and sensor has come."""

from collections.abc import Iterable, Sequence
from typing import Protocol

from msgspec import Struct
from msgspec.structs import replace

from orchestrator.runs.ids import new_run_id
from orchestrator.runs.records import Coordinator
from orchestrator.runs.requests import RunRequestData

#: Ticks of sensors that requested nothing are forgotten after so long, in seconds.
KEEP_SKIPPED = 7 * 86400.0


class AutomationState(Struct, frozen=True, kw_only=True):
    """How far a schedule or sensor has come. Names are unique among both in a location."""

    location: str
    name: str
    #: `schedule` or `sensor`.
    kind: str
    #: `running` or `stopped`; empty if nobody said so, and what the definition says holds.
    status: str = ""
    cursor: str | None = None
    #: Up to when nothing is due any more: the scheduled time of a schedule, when a sensor was evaluated; seconds since 1970.
    last_tick: float | None = None
    last_run_key: str | None = None

    @property
    def position(self) -> tuple[float | None, str | None]:
        """What a tick moves, and nothing else does."""
        return self.last_tick, self.cursor


class TickRecord(Struct, frozen=True, kw_only=True):
    """One evaluation of a schedule or sensor."""

    id: str
    location: str
    name: str
    kind: str
    #: For when it was; for sensors, when it began. Seconds since 1970, as all times here.
    scheduled: float
    started: float
    ended: float
    #: `requested`, `skipped` or `failed`.
    status: str
    #: Why nothing was requested.
    reason: str = ""
    #: What went wrong.
    error: str = ""
    cursor_before: str | None = None
    cursor_after: str | None = None
    #: How many runs were requested that had not been before.
    requests: int = 0


class RunRequestRecord(Struct, frozen=True, kw_only=True):
    """A run that was requested, and what has become of it."""

    id: str
    tick_id: str
    location: str
    name: str
    #: The run; known before there is one, so that nobody can start it twice.
    run_id: str
    request: RunRequestData
    run_key: str | None = None
    #: `queued`, `launched`, `done` or `dropped`.
    status: str = "queued"
    #: How often a process has begun with it.
    attempts: int = 0
    #: The process that has it.
    host: str = ""
    pid: int = 0
    process_token: str = ""
    #: Why it was dropped.
    message: str = ""


class TickStore(Protocol):
    """The books of automation, for all processes that share a home.

    Every method raises `StoreError` if the store cannot be read or written.
    """

    def states(self) -> list[AutomationState]:
        """How far schedules and sensors have come, by location and name."""

    def set_status(self, location: str, name: str, kind: str, status: str, since: float | None = None) -> None:
        """Say that one is `running` or `stopped`, or, with nothing, that its definition says it.

        Args:
            location: of the schedule or sensor.
            name: its name.
            kind: `schedule` or `sensor`.
            status: what it is from now on.
            since: nothing was due before this time; what was due before is as it was if left out.
        """

    def note_seen(self, location: str, name: str, kind: str, now: float) -> None:
        """Say that nothing is due before now, of one that has no position yet; nothing happens to others."""

    def record(
        self, tick: TickRecord, requests: Sequence[RunRequestData], before: AutomationState, after: AutomationState
    ) -> TickRecord | None:
        """Write down a tick, the runs it requests and how far it has come: all of it, or nothing.

        Requests with a run key that this schedule or sensor has used before are left out, however long ago that was.

        Args:
            tick: the tick.
            requests: what it asks for.
            before: the state that was read before the evaluation.
            after: the state from now on. Its status is not written.

        Returns:
            The tick with the number of requests that are new; None if another process was faster: the state is not
            the one that was read, or there is a tick of the schedule for that time.
        """

    def ticks(self, location: str, name: str, limit: int) -> list[TickRecord]:
        """Ticks of a schedule or sensor, newest first."""

    def requests(self, *, status: str = "", tick_id: str = "") -> list[RunRequestRecord]:
        """Requests in the order they were made."""

    def request(self, request_id: str) -> RunRequestRecord | None:
        """The request with this id."""

    def note_launched(self, request_id: str, attempts: int, process: Coordinator) -> bool:
        """Take a request that is queued, for a process that is about to run it.

        Args:
            request_id: the request.
            attempts: how often it had been taken when it was read.
            process: who takes it.

        Returns:
            Whether it was to be had; if not, another process has it or had it.
        """

    def note_queued(self, request_id: str, attempts: int) -> bool:
        """Put a request back whose process died before there was a run; whether it still was that process's."""

    def note_done(self, request_id: str, *, dropped: str = "") -> None:
        """Say that the run of a request is over, or why there will be none."""

    def lease(self, name: str, holder: str, now: float, seconds: float) -> str:
        """Ask for a lease, or renew it.

        Returns:
            Who holds it now: `holder` if it was to be had.
        """

    def release(self, name: str, holder: str) -> None:
        """Give a lease back; nothing happens if somebody else holds it."""


def new_requests(tick: TickRecord, requests: Iterable[RunRequestData], used: Iterable[str]) -> list[RunRequestRecord]:
    """Records of the requests of a tick whose run key is none that was used."""
    seen = set(used)
    made = []
    for one in requests:
        if one.run_key is not None:
            if one.run_key in seen:
                continue
            seen.add(one.run_key)
        made.append(
            RunRequestRecord(
                id=new_run_id(tick.started),
                tick_id=tick.id,
                location=tick.location,
                name=tick.name,
                run_id=new_run_id(tick.started),
                request=one,
                run_key=one.run_key,
            )
        )
    return made


def counted(tick: TickRecord, requests: int) -> TickRecord:
    """A tick that has requested so many new runs: if all it asked for had been requested before, it has skipped."""
    if tick.status == "requested" and not requests:
        return replace(tick, status="skipped", reason="all its run keys were used before")
    return replace(tick, requests=requests)


def launched(request: RunRequestRecord, process: Coordinator) -> RunRequestRecord:
    """A request that a process has taken."""
    return replace(request, status="launched", attempts=request.attempts + 1, **process._asdict())
