"""`orch schedules`."""

from ..automation import At, Limit, Name, find_item, history, list_items, preview, set_running, time_of
from ..options import Format, ListFormat, ShowFormat, ShowFormatOption
from ..session import Session, new_app, with_session

app = new_app()


@app.callback(no_args_is_help=True, epilog="Example: orch schedules preview NAME")
def schedules() -> None:
    """Try a schedule, start or stop it, see its ticks."""


@app.command("list", epilog="Example: orch schedules list")
@with_session
def list_all(session: Session, format: Format = ListFormat.TABLE) -> int:  # noqa: A002
    """The same as `orch list-schedules`."""
    return list_items(session, "schedule", format)


@app.command("preview", epilog="Example: orch schedules preview NAME --at 2026-11-25T09:00")
@with_session
def preview_one(session: Session, name: Name, at: At = None, format: ShowFormatOption = ShowFormat.TEXT) -> int:  # noqa: A002
    """Evaluate a schedule and show what it would request. Nothing is run or recorded."""
    return preview(session, find_item(session, name, "schedule"), time_of(at), None, format)


@app.command(epilog="Example: orch schedules start NAME")
@with_session
def start(session: Session, name: Name) -> int:
    """Let a schedule be evaluated from now on, whatever its definition says."""
    return set_running(session, find_item(session, name, "schedule"), run=True)


@app.command(epilog="Example: orch schedules stop NAME")
@with_session
def stop(session: Session, name: Name) -> int:
    """Let a schedule rest, whatever its definition says."""
    return set_running(session, find_item(session, name, "schedule"), run=False)


@app.command("history", epilog="Example: orch schedules history NAME -n 5")
@with_session
def history_of(session: Session, name: Name, limit: Limit = 20, format: Format = ListFormat.TABLE) -> int:  # noqa: A002
    """Show the ticks of a schedule, newest first: what came of each."""
    return history(session, find_item(session, name, "schedule"), limit, format)
