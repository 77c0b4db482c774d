"""`orch list-schedules`."""

from ..automation import list_items
from ..options import Format, ListFormat
from ..session import Session, new_app, with_session

app = new_app()


@app.command(epilog="Example: orch list-schedules --format json")
@with_session
def list_schedules(session: Session, format: Format = ListFormat.TABLE) -> int:  # noqa: A002
    """List the schedules: whether each runs, when, and what came of its last tick."""
    return list_items(session, "schedule", format)
