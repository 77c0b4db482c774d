"""`orch sensors`."""

from typing import Annotated

import typer

from ..automation import Limit, Name, find_item, history, list_items, preview, set_running, time_of
from ..options import Format, ListFormat, ShowFormat, ShowFormatOption
from ..session import Session, new_app, with_session

app = new_app()

Cursor = Annotated[str | None, typer.Option("--cursor", metavar="TEXT", help="As if its cursor were this.")]


@app.callback(no_args_is_help=True, epilog="Example: orch sensors preview NAME")
def sensors() -> None:
    """Try a sensor, start or stop it, see its ticks."""


@app.command("list", epilog="Example: orch sensors list")
@with_session
def list_all(session: Session, format: Format = ListFormat.TABLE) -> int:  # noqa: A002
    """The same as `orch list-sensors`."""
    return list_items(session, "sensor", format)


@app.command("preview", epilog="Example: orch sensors preview NAME --cursor 7")
@with_session
def preview_one(session: Session, name: Name, cursor: Cursor = None, format: ShowFormatOption = ShowFormat.TEXT) -> int:  # noqa: A002
    """Evaluate a sensor and show what it would request. Nothing is run or recorded."""
    return preview(session, find_item(session, name, "sensor"), time_of(None), cursor, format)


@app.command(epilog="Example: orch sensors start NAME")
@with_session
def start(session: Session, name: Name) -> int:
    """Let a sensor be evaluated from now on, whatever its definition says."""
    return set_running(session, find_item(session, name, "sensor"), run=True)


@app.command(epilog="Example: orch sensors stop NAME")
@with_session
def stop(session: Session, name: Name) -> int:
    """Let a sensor rest, whatever its definition says."""
    return set_running(session, find_item(session, name, "sensor"), run=False)


@app.command("history", epilog="Example: orch sensors history NAME -n 5")
@with_session
def history_of(session: Session, name: Name, limit: Limit = 20, format: Format = ListFormat.TABLE) -> int:  # noqa: A002
    """Show the ticks of a sensor, newest first: what came of each."""
    return history(session, find_item(session, name, "sensor"), limit, format)
