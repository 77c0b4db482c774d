"""`orch list-locations`."""

import sys

from orchestrator.graph.snapshot import LoadFailure, LocationSnapshot
from orchestrator.workspace.location import LocationRef

from ..failure import ExitCode, failure_json, shown_path
from ..options import Format, ListFormat
from ..session import Session, new_app, with_session
from ..tables import render_table

app = new_app()


@app.command(epilog="Example: orch list-locations -w workspace.yaml")
@with_session
def list_locations(session: Session, format: Format = ListFormat.TABLE) -> int:  # noqa: A002
    """List the code locations: where each is, what it holds, and why one cannot be loaded."""
    workspace, output = session.workspace, session.output
    found: dict[str, LocationSnapshot | LoadFailure] = {one.name: one for one in workspace.locations}
    found |= {one.name: one for one in workspace.failures}
    if format is ListFormat.JSON:
        output.data_json([_as_json(ref, found[ref.name]) for ref in workspace.refs])
    elif format is ListFormat.NAMES:
        output.data_names(ref.name for ref in workspace.refs)
    else:
        rows = [_row(ref, found[ref.name]) for ref in workspace.refs]
        headers = ("LOCATION", "STATUS", "ASSETS", "JOBS", "WHERE", "PYTHON")
        output.data(render_table(headers, rows, width=output.width, bold=lambda text: output.styled(text, "bold")))
    session.tell_failures()
    return ExitCode.INVALID if workspace.failures else ExitCode.OK


def _where(ref: LocationRef) -> str:
    return shown_path(ref.file) if ref.file else ref.module or ref.package or ""


def _as_json(ref: LocationRef, one: LocationSnapshot | LoadFailure) -> dict[str, object]:
    loaded = isinstance(one, LocationSnapshot)
    return {
        "name": ref.name,
        "status": "loaded" if loaded else "failed",
        "where": _where(ref),
        "python": ref.executable_path or sys.executable,
        "working_directory": ref.working_directory,
        "assets": _count(one) if loaded else None,
        "jobs": len(one.jobs) if isinstance(one, LocationSnapshot) else None,
        "error": failure_json(one) if isinstance(one, LoadFailure) else None,
    }


def _count(one: LocationSnapshot | LoadFailure) -> int:
    return sum(len(node.assets) for node in one.nodes) if isinstance(one, LocationSnapshot) else 0


def _row(ref: LocationRef, one: LocationSnapshot | LoadFailure) -> tuple[str, ...]:
    python = shown_path(ref.executable_path) if ref.executable_path else "(this one)"
    if isinstance(one, LoadFailure):
        return (ref.name, "failed", "", "", _where(ref), python)
    return (ref.name, "loaded", str(_count(one)), str(len(one.jobs)), _where(ref), python)
