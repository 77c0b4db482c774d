"""`orch show`."""

from typing import Annotated, Any

import msgspec
import typer

from orchestrator.definitions.config_schema import ConfigField
from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import UnknownNameError
from orchestrator.graph.asset_graph import GraphAsset
from orchestrator.reports.config_outline import config_outline, part_of
from orchestrator.run_configs import describe_run_config, request_for_assets
from orchestrator.runs.records import Materialization

from .. import completion
from ..failure import ExitCode, shown
from ..job_view import show_job
from ..metadata import INDENT, render_metadata
from ..session import Session, new_app, with_session
from ..stored_value import show_value
from ..times import ago, duration, iso, local

app = new_app()

ShowValue = Annotated[bool, typer.Option("--value", help="Load the stored value, and show that instead.")]
Key = Annotated[
    str,
    typer.Argument(
        metavar="KEY|JOB", help="The asset; or the job, or LOCATION:JOB.", autocompletion=completion.assets_and_jobs
    ),
]


@app.command(epilog="Example: orch show top_cakes")
@with_session
def show(session: Session, key: Key, value: ShowValue = False) -> int:
    """Show all that is known of an asset: definition, neighbours, jobs, last materialization. Of a job: its node graph."""
    location, colon, plain = key.rpartition(":")
    if key not in session.graph.assets and plain in session.graph.jobs:
        return show_job(session, *session.graph.job(plain, location if colon else None))
    if key not in session.graph.assets:
        known = [*session.graph.assets, *session.graph.jobs]
        raise UnknownNameError(f"there is no asset or job `{key}`", hint=did_you_mean(key, known))
    asset = session.graph.asset(key)
    if value:
        show_value(session, asset)
        return ExitCode.OK
    instance = session.existing_instance
    newest = None if instance is None else instance.store.materializations([key]).get(key)
    failed = None if instance is None else instance.store.failed_assets().get(key)
    jobs = [
        job.name
        for named in session.graph.jobs.values()
        for location, job in named
        if key in (session.job_keys_or_none(location, job) or ())
    ]
    config = _config_of(session, asset)
    if session.json:
        session.output.data_json(_as_json(session, asset, newest, failed, jobs, config))
    else:
        _write(session, asset, newest, failed, jobs, config)
    return ExitCode.OK


def _config_of(session: Session, asset: GraphAsset) -> ConfigField | None:
    """What config may say to what computes an asset; None if nothing."""
    if asset.node is None:
        return None
    described = describe_run_config(request_for_assets(session.graph, [asset.key]), session.workspace)
    return part_of(described, "ops", asset.node.name)


def _as_json(
    session: Session,
    asset: GraphAsset,
    newest: Materialization | None,
    failed: str | None,
    jobs: list[str],
    config: ConfigField | None,
) -> dict[str, Any]:
    snapshot, graph = asset.snapshot, session.graph
    made = None
    if newest is not None:
        made = {**msgspec.to_builtins(newest), "timestamp": iso(newest.timestamp)}
    return {
        "key": asset.key,
        "location": asset.location or None,
        "external": asset.external,
        "group": snapshot.group,
        "kinds": snapshot.kinds,
        "owners": snapshot.owners,
        "tags": snapshot.tags,
        "description": snapshot.description,
        "metadata": msgspec.to_builtins(snapshot.metadata),
        "code_version": snapshot.code_version,
        "io_manager_key": snapshot.io_manager_key,
        "source": shown(snapshot.source),
        "step": None if asset.node is None else asset.node.name,
        "config": None if config is None else msgspec.to_builtins(config),
        "required_resources": () if asset.node is None else asset.node.resources,
        "upstream": graph.upstream[asset.key],
        "downstream": graph.downstream[asset.key],
        "jobs": jobs,
        "last_materialization": made,
        "failed_run_id": failed,
    }


def _write(
    session: Session,
    asset: GraphAsset,
    newest: Materialization | None,
    failed: str | None,
    jobs: list[str],
    config: ConfigField | None,
) -> None:
    output, graph, snapshot = session.output, session.graph, asset.snapshot
    output.data(output.styled(asset.key, "bold"))
    if snapshot.description:
        output.data("\n".join(f"  {line}" for line in snapshot.description.splitlines()))
    fields = [
        ("location", asset.location or "nobody defines it"),
        ("source", shown(snapshot.source)),
        ("computed by", "nobody: external" if asset.node is None else asset.node.name),
        ("group", snapshot.group),
        ("kinds", ", ".join(snapshot.kinds)),
        ("owners", ", ".join(snapshot.owners)),
        ("tags", ", ".join(f"{key}={value}" if value else key for key, value in snapshot.tags.items())),
        ("code version", snapshot.code_version or ""),
        ("upstream", ", ".join(graph.upstream[asset.key])),
        ("downstream", ", ".join(graph.downstream[asset.key])),
        ("jobs", ", ".join(jobs)),
        ("resources", "" if asset.node is None else ", ".join(asset.node.resources)),
        # a list also if it is one line: a field, not the value of the config
        ("config", "" if config is None else "\n".join(["", *config_outline(config)])),
    ]
    fields += [(name, render_metadata(value, output)) for name, value in snapshot.metadata.items()]
    _write_fields(session, fields)
    output.data("")
    if failed is not None:
        output.data(output.styled(f"the newest attempt failed: {session.command('runs', 'show', failed)}", "red"))
    if newest is None:
        output.data("never materialized" if not asset.external else "external: orch never materializes it")
        return
    output.data(output.styled(f"materialized {ago(newest.timestamp)}", "bold"))
    stored = "a value" if newest.stored else "no value"
    made = [("at", local(newest.timestamp)), ("run", newest.run_id), ("took", duration(newest.duration_s))]
    made += [("partition", newest.partition or ""), ("stored", stored), ("data version", newest.data_version or "")]
    _write_fields(session, made + [(name, render_metadata(value, output)) for name, value in newest.metadata.items()])


def _write_fields(session: Session, fields: list[tuple[str, str]]) -> None:
    shown_fields = [(name, text) for name, text in fields if text.strip("\n")]
    width = max((len(name) for name, _ in shown_fields), default=0)
    for name, text in shown_fields:
        lines = text.lstrip("\n").splitlines() or [""]
        if len(lines) == 1 and not text.startswith("\n"):
            session.output.data(f"  {name.ljust(width)}  {lines[0]}")
        else:
            session.output.data("\n".join([f"  {name}", *(" " * INDENT + line for line in lines)]))
