"""`orch list-sensors`."""

from ..automation import list_items
from ..options import Format, ListFormat
from ..session import Session, new_app, with_session

app = new_app()


@app.command(epilog="Example: orch list-sensors --format json")
@with_session
def list_sensors(session: Session, format: Format = ListFormat.TABLE) -> int:  # noqa: A002
    """List the sensors: whether each runs, how often, and what came of its last tick."""
    return list_items(session, "sensor", format)
