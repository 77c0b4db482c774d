"""What the commands about schedules and sensors share."""

import sys
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Annotated, Any
from zoneinfo import ZoneInfo

import msgspec
import typer

from orchestrator.automation.timetable import DueTick, Item, ItemId, Timetable, is_running
from orchestrator.automation_loop import asker, request_of
from orchestrator.definitions.cron import cron_in_words, next_ticks
from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import ErrorInfo, LoadError, UnknownNameError, UsageError
from orchestrator.graph.snapshot import ScheduleSnapshot
from orchestrator.runs.ticks import AutomationState, TickRecord

from .failure import ExitCode, render_error_info
from .options import ListFormat, ShowFormat
from .session import Session
from .tables import render_table
from .times import iso, local
from .wording import counted

Name = Annotated[str, typer.Argument(metavar="NAME", help="Its name, or LOCATION:NAME.")]
Limit = Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="At most so many.")]
At = Annotated[
    str | None,
    typer.Option("--at", metavar="TIME", help="As if it were this time: 2026-11-25T09:00, with +09:00 if not local."),
]

#: So many ticks to come are shown.
_NEXT = 3


def time_of(text: str | None) -> float:
    """The time that `--at` says, in seconds since 1970; now if it is not given.

    Raises:
        UsageError: it is none.
    """
    if text is None:
        return time.time()
    try:
        return datetime.fromisoformat(text).timestamp()
    except ValueError:
        raise UsageError(f"`{text}` is no time", hint="--at 2026-11-25T09:00, or 2026-11-25T09:00+09:00") from None


def states_of(session: Session) -> Mapping[ItemId, AutomationState]:
    """How far the schedules and sensors have come."""
    instance = session.existing_instance
    found = [] if instance is None else instance.store.ticks.states()
    return {(one.location, one.name): one for one in found}


def find_item(session: Session, name: str, kind: str = "") -> Item:
    """The schedule or sensor with a name.

    Raises:
        UnknownNameError: there is none.
        UsageError: there are several.
        LoadError: it may be in a code location that cannot be loaded.
    """
    session.tell_failures()
    location, _, plain = name.rpartition(":")
    items = [one for one in Timetable(session.workspace.locations).items.values() if kind in ("", one.kind)]
    found = [one for one in items if one.snapshot.name == plain and location in ("", one.location)]
    if len(found) == 1:
        return found[0]
    what = kind or "schedule or sensor"
    if found:
        names = ", ".join(f"{one.location}:{plain}" for one in found)
        raise UsageError(f"there are several of the name `{plain}`", hint=f"say which: {names}")
    if session.workspace.failures:
        raise LoadError(f"there is no {what} `{name}`, or it is in a code location that cannot be loaded")
    hint = did_you_mean(plain, [one.snapshot.name for one in items])
    raise UnknownNameError(f"there is no {what} `{name}`", hint=hint or session.command(f"list-{kind or 'schedule'}s"))


def list_items(session: Session, kind: str, format: ListFormat) -> int:  # noqa: A002
    """List all schedules, or all sensors; return the exit code."""
    session.tell_failures()
    states = states_of(session)
    items = [one for one in Timetable(session.workspace.locations).items.values() if one.kind == kind]
    output = session.output
    if format is ListFormat.JSON:
        output.data_json([_json(session, one, states.get(one.id)) for one in items])
    elif format is ListFormat.NAMES:
        output.data_names(one.snapshot.name for one in items)
    elif not items:
        output.talk(f"there are no {kind}s")
    else:
        rows = [_row(session, one, states.get(one.id)) for one in items]
        headers = (kind.upper(), "LOCATION", "STATUS", "WHEN", "LAST", *(("NEXT",) if kind == "schedule" else ()))
        output.data(render_table(headers, rows, width=output.width, bold=lambda text: output.styled(text, "bold")))
    return ExitCode.INVALID if session.workspace.failures else ExitCode.OK


def _row(session: Session, item: Item, state: AutomationState | None) -> tuple[str, ...]:
    snapshot = item.snapshot
    status = "running" if is_running(item, state) else "stopped"
    last = _last(session, item)
    cells = (snapshot.name, item.location, status, when_in_words(item), "" if last is None else tick_in_words(last))
    if not isinstance(snapshot, ScheduleSnapshot):
        return cells
    ticks = ", ".join(_in_zone(one, snapshot.timezone) for one in _coming(snapshot)) if status == "running" else ""
    return (*cells, ticks)


def when_in_words(item: Item) -> str:
    """When a schedule fires, or how often a sensor is evaluated."""
    snapshot = item.snapshot
    if isinstance(snapshot, ScheduleSnapshot):
        return f"{', and '.join(cron_in_words(one) for one in snapshot.crons)} ({snapshot.timezone or 'UTC'})"
    return f"every {snapshot.interval_s} s"


def tick_in_words(tick: TickRecord) -> str:
    """When a tick was, and what came of it."""
    what = counted(tick.requests, "run") if tick.requests else tick.status
    return f"{local(tick.scheduled)} {what}"


def _coming(snapshot: ScheduleSnapshot) -> list[float]:
    return next_ticks(snapshot.crons, snapshot.timezone, time.time(), _NEXT)


def _in_zone(instant: float, zone: str) -> str:
    return datetime.fromtimestamp(instant, ZoneInfo(zone) if zone else UTC).strftime("%Y-%m-%d %H:%M")


def _last(session: Session, item: Item) -> TickRecord | None:
    instance = session.existing_instance
    found = [] if instance is None else instance.store.ticks.ticks(*item.id, 1)
    return found[0] if found else None


def _json(session: Session, item: Item, state: AutomationState | None) -> dict[str, Any]:
    snapshot, last = item.snapshot, _last(session, item)
    data: dict[str, Any] = {
        "name": snapshot.name,
        "location": item.location,
        "status": "running" if is_running(item, state) else "stopped",
        "description": snapshot.description,
        "tags": snapshot.tags,
        "last_tick": None if last is None else tick_json(last),
    }
    if isinstance(snapshot, ScheduleSnapshot):
        zone = ZoneInfo(snapshot.timezone) if snapshot.timezone else UTC
        return data | {
            "crons": snapshot.crons,
            "timezone": snapshot.timezone or "UTC",
            "words": [cron_in_words(one) for one in snapshot.crons],
            "target": snapshot.target,
            "next": [datetime.fromtimestamp(one, zone).isoformat() for one in _coming(snapshot)],
        }
    return data | {
        "kind": snapshot.kind,
        "interval_s": snapshot.interval_s,
        "targets": snapshot.targets,
        "cursor": None if state is None else state.cursor,
    }


def tick_json(tick: TickRecord) -> dict[str, Any]:
    """A tick as data."""
    times = {name: iso(getattr(tick, name)) for name in ("scheduled", "started", "ended")}
    return {**msgspec.to_builtins(tick), **times}


def preview(session: Session, item: Item, scheduled: float, cursor: str | None, form: ShowFormat) -> int:
    """Evaluate one, show what it would request, and change nothing; return the exit code."""
    state = states_of(session).get(item.id, item.new_state)
    if cursor is not None:
        state = msgspec.structs.replace(state, cursor=cursor)
    due = DueTick(item, scheduled)
    request = request_of(due, state, time.time(), str(session.home))
    answer = asker(session.workspace, session.existing_instance)(due, request)
    output = session.output
    if isinstance(answer, ErrorInfo) or answer.error is not None:
        error = answer if isinstance(answer, ErrorInfo) else answer.error
        assert error is not None
        output.talk("\n".join([f"{item.kind} `{item.snapshot.name}` failed", *render_error_info(error)]))
        return ExitCode.FAILED
    for line in answer.log:
        output.talk(line)
    if form is ShowFormat.JSON:
        requests = [msgspec.to_builtins(one) for one in answer.requests]
        output.data_json({"requests": requests, "skip_reason": answer.skip_reason, "cursor": answer.cursor})
        return ExitCode.OK
    if not answer.requests:
        output.data(f"would skip: {answer.skip_reason}")
    for one in answer.requests:
        key = f" for `{one.run_key}`" if one.run_key is not None else ""
        output.data(f"would run {what_of(one.job, one.selection)}{key}")
        for name, value in (("config", one.run_config), ("tags", one.tags)):
            said = {key: one for key, one in value.items() if one}
            if said:
                output.data(f"  {name:<7} {msgspec.json.encode(said).decode()}")
    if answer.cursor != state.cursor:
        output.data(f"  cursor  {state.cursor} -> {answer.cursor}")
    return ExitCode.OK


def run_command(session: Session) -> Callable[[str], list[str]]:
    """The words of the process that runs a request."""

    def command(request_id: str) -> list[str]:
        words = session.words("run-request", request_id)
        return [sys.executable, "-c", "from orchestrator_cli.main import main; main()", *words]

    return command


def what_of(job: str, selection: str) -> str:
    """What a request is about."""
    return f"job {job}" if job else selection


def set_running(session: Session, item: Item, *, run: bool) -> int:
    """Start or stop one; return the exit code."""
    ticks = session.instance.store.ticks
    was = is_running(item, states_of(session).get(item.id))
    status = "running" if run else "stopped"
    since = time.time() if run and not was else None  # what would have been due while it was stopped is not
    ticks.set_status(*item.id, item.kind, status, since if item.kind == "schedule" else None)
    session.output.talk(f"{item.kind} `{item.snapshot.name}` {'is' if was != run else 'was'} {status}")
    return ExitCode.OK


def history(session: Session, item: Item, limit: int, format: ListFormat) -> int:  # noqa: A002
    """Show the ticks of one, newest first; return the exit code."""
    instance = session.existing_instance
    ticks = [] if instance is None else instance.store.ticks.ticks(*item.id, limit)
    output = session.output
    if instance is None or not ticks:
        output.talk(f"{item.kind} `{item.snapshot.name}` was never evaluated")
        return ExitCode.OK
    runs = {one.id: [request.run_id for request in instance.store.ticks.requests(tick_id=one.id)] for one in ticks}
    if format is ListFormat.JSON:
        output.data_json([{**tick_json(one), "runs": runs[one.id]} for one in ticks])
    elif format is ListFormat.NAMES:
        output.data_names(one.id for one in ticks)
    else:
        rows = [(local(one.scheduled), one.status, one.error or one.reason or ", ".join(runs[one.id])) for one in ticks]
        headers = ("TICK", "STATUS", "RUNS")
        output.data(render_table(headers, rows, width=output.width, bold=lambda text: output.styled(text, "bold")))
    return ExitCode.OK
