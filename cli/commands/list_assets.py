"""`orch list-assets`."""

from collections.abc import Sequence
from typing import Any

from orchestrator.graph.asset_graph import GraphAsset
from orchestrator.runs.records import Materialization

from ..failure import ExitCode, shown
from ..options import AllowEmpty, Exclude, Format, ListFormat, Select
from ..session import Session, new_app, with_session
from ..tables import render_table
from ..times import ago, iso

app = new_app()


@app.command(epilog="Example: orch list-assets --select 'group:bakery and not kind:json' --format names")
@with_session
def list_assets(
    session: Session,
    select: Select = None,
    exclude: Exclude = None,
    allow_empty: AllowEmpty = False,
    format: Format = ListFormat.TABLE,  # noqa: A002
) -> int:
    """List the assets of all code locations, external ones too."""
    graph = session.graph
    chosen = bool(select or exclude)
    keys = session.select(select or (), exclude or ()) if chosen else graph.assets.keys()
    if chosen and not keys and not allow_empty:
        left = f" without {session.selection_text(exclude)}" if exclude else ""
        raise session.no_match(session.selection_text(select or ()) + left)
    assets = [one for key, one in graph.assets.items() if key in keys]
    instance = session.existing_instance
    newest = instance.store.materializations() if instance is not None and format is not ListFormat.NAMES else {}
    if format is ListFormat.JSON:
        session.output.data_json([_as_json(one, graph.upstream[one.key], newest.get(one.key)) for one in assets])
    elif format is ListFormat.NAMES:
        session.output.data_names(one.key for one in assets)
    else:
        session.output.data(_as_table(session, assets, newest))
    return ExitCode.INVALID if session.workspace.failures and not select else ExitCode.OK


def _as_json(one: GraphAsset, deps: Sequence[str], newest: Materialization | None) -> dict[str, Any]:
    snapshot = one.snapshot
    return {
        "key": one.key,
        "location": one.location or None,
        "group": snapshot.group,
        "kinds": snapshot.kinds,
        "owners": snapshot.owners,
        "tags": snapshot.tags,
        "description": snapshot.description,
        "deps": deps,
        "external": one.external,
        "source": shown(snapshot.source),
        "code_version": snapshot.code_version,
        "last_materialized": None if newest is None else iso(newest.timestamp),
        "last_run_id": None if newest is None else newest.run_id,
    }


def _as_table(session: Session, assets: Sequence[GraphAsset], newest: dict[str, Materialization]) -> str:
    output = session.output
    rows = [
        (
            one.key,
            one.location or "(nobody)",
            one.snapshot.group,
            _last(one, newest.get(one.key)),
            ", ".join(one.snapshot.kinds),
            one.snapshot.description.partition("\n")[0],
        )
        for one in assets
    ]
    headers = ("ASSET", "LOCATION", "GROUP", "MATERIALIZED", "KINDS", "DESCRIPTION")
    return render_table(headers, rows, width=output.width, bold=lambda text: output.styled(text, "bold"))


def _last(one: GraphAsset, newest: Materialization | None) -> str:
    if one.external:
        return "external"
    return "never" if newest is None else ago(newest.timestamp)
