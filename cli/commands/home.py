"""`orch home`."""

import os
import time
from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
import typer

from orchestrator.definitions.upward import fetch
from orchestrator.errors import NoTargetError, UnknownRunError, UsageError
from orchestrator.instance import DATABASE, Instance
from orchestrator.runs.pools import PoolPlace
from orchestrator.runs.records import Run, RunStatus
from orchestrator.storage.store_url import expanded, is_postgres
from orchestrator.upkeep import HomeFacts, Migrated, Pruned, facts_of, migrate, newest_format, prunable, prune

from ..options import DryRun, LogFormat
from ..session import Session, new_app, with_session
from ..tables import render_table
from ..times import ago, iso, local, seconds_of, size
from ..wording import counted

app = new_app()

OlderThan = Annotated[str | None, typer.Option("--older-than", metavar="AGE", help="Runs that ended before: 30d, 12h.")]
Keep = Annotated[int | None, typer.Option("--keep", min=0, metavar="N", help="Not the newest N runs.")]
Runs = Annotated[list[str] | None, typer.Option("--runs", metavar="RUN", help="These runs. Repeatable.")]
Backup = Annotated[bool, typer.Option("--backup", help="Keep a copy of the database as it was, beside it.")]
To = Annotated[str | None, typer.Option("--to", metavar="URL", help="An address of PostgreSQL. [default: the store]")]
Format = Annotated[LogFormat, typer.Option("--format", help="How to write it.")]


@app.callback(no_args_is_help=True, epilog="Example: orch home prune --older-than 30d")
def home() -> None:
    """See what the home holds, remove old runs, bring it to the newest format."""


@app.command(epilog="Example: orch home info")
@with_session
def info(session: Session, format: Format = LogFormat.TEXT) -> None:  # noqa: A002
    """Show what the home holds, and who holds slots of concurrency pools."""
    instance = _existing(session)
    instance.mark_dead_runs()
    facts, limits = facts_of(instance), _limits(session)
    if format is LogFormat.JSON:
        session.output.data_json(_json(facts, limits))
    else:
        _write(session, facts, limits)


@app.command("prune", epilog="Example: orch home prune --older-than 30d --keep 100 --dry-run")
@with_session
def prune_runs(
    session: Session,
    older_than: OlderThan = None,
    keep: Keep = None,
    runs: Runs = None,
    dry_run: DryRun = False,
    format: Format = LogFormat.TEXT,  # noqa: A002
) -> None:
    """Remove old runs: events, output of steps, values between ops. Newest materializations and their values stay."""
    if older_than is None and keep is None and not runs:
        raise UsageError("say what to prune", hint="--older-than 30d, --keep 100, or --runs RUN")
    if runs and not (older_than is None and keep is None):
        raise UsageError("--runs says exactly which runs", hint="leave out --older-than and --keep")
    before = None if older_than is None else time.time() - seconds_of(older_than)
    instance = _existing(session)
    instance.mark_dead_runs()
    known = instance.store.runs()
    ids = None if not runs else {_named(known, name) for name in runs}
    chosen = prunable(known, before=before, keep=keep or 0, ids=ids)
    for refused in (ids or set()) - {run.run_id for run in chosen}:
        session.output.talk(f"run {refused} goes on, or a run that goes on continues it: it stays")
    done = Pruned(runs=tuple(run.run_id for run in chosen)) if dry_run else prune(instance, chosen)
    if format is LogFormat.JSON:
        session.output.data_json(msgspec.to_builtins(done))
    elif dry_run:
        session.output.data_names(done.runs)
        session.output.talk(f"{counted(len(done.runs), 'run')} would be removed; nothing was")
    else:
        session.output.talk(
            f"removed {counted(len(done.runs), 'run')}, {counted(done.events, 'event')}, {size(done.files_size)} of files"
        )
    if not done.compacted:
        session.output.talk(
            f"the database keeps its size and uses the room again; to make it smaller: {session.command('home', 'migrate')}"
        )


@app.command("migrate", epilog="Example: orch home migrate --backup")
@with_session
def migrate_home(session: Session, backup: Backup = False, format: Format = LogFormat.TEXT) -> None:  # noqa: A002
    """Bring the database to the newest format. Any command that uses it does so too; this one says what it did."""
    if is_postgres(session.store):
        if backup:
            raise UsageError("--backup copies a file, and the store is on PostgreSQL", hint="pg_dump")
        version = _existing(session).store.upkeep.counts().format
        done = Migrated(
            before=version, after=version, rebuilt=False
        )  # it is brought to the newest format on connecting
    elif not (session.home / DATABASE).exists():
        raise _nothing(session)
    else:
        done = migrate(session.home, backup=backup)
    if format is LogFormat.JSON:
        session.output.data_json(msgspec.to_builtins(done))
        return
    if done.backup is not None:
        session.output.talk(f"copied the database to {done.backup}")
    if done.before != done.after:
        session.output.talk(f"brought the database from format {done.before} to format {done.after}")
    if done.rebuilt:
        session.output.talk("rebuilt the file, so that it can give room back to the disk")
    if done.before == done.after and not done.rebuilt:
        session.output.talk(f"nothing to do: the database has format {done.after}, the newest")


@app.command("copy", epilog="Example: orch home copy --to 'postgresql://baker:${PASSWORD}@db/orch'")
@with_session
def copy_home(session: Session, to: To = None, format: Format = LogFormat.TEXT) -> None:  # noqa: A002
    """Copy the records of the home to a store on PostgreSQL that is empty. Values and logs stay where they are."""
    address = to or session.store
    if not is_postgres(address):
        raise UsageError("say where to copy to", hint="--to postgresql://..., or `store` of [tool.orch]")
    with _file_of(session) as instance:
        instance.mark_dead_runs()
        going_on = instance.store.runs(status=RunStatus.STARTED)
        if going_on:
            raise UsageError(f"run {going_on[0].run_id} goes on", hint="copy when it has ended")
    whole = expanded(str(address), os.environ)
    try:
        done = fetch("storage.copying", "copy_records")(session.home / DATABASE, whole)
    except ModuleNotFoundError as error:
        raise UsageError(
            f"a store on PostgreSQL needs the package {error.name}", hint="pip install 'orchestrator[postgres]'"
        ) from None
    if format is LogFormat.JSON:
        session.output.data_json(msgspec.to_builtins(done))
        return
    session.output.talk(
        f"copied {counted(done.events, 'event')} and {counted(done.runs, 'run')} to {done.store}; the file stays as it was"
    )
    if to is not None:
        session.output.talk("to use it from now on: `store` of [tool.orch], or ORCH_STORE")


def _file_of(session: Session) -> Instance:
    instance = Instance.existing(session.home)
    if instance is None:
        raise _nothing(session)
    return instance


def _existing(session: Session) -> Instance:
    instance = session.existing_instance
    if instance is None:
        raise _nothing(session)
    return instance


def _nothing(session: Session) -> NoTargetError:
    return NoTargetError(f"nothing was recorded yet in {session.home}", hint="another home: --home DIR, or ORCH_HOME")


def _named(known: list[Run], name: str) -> str:
    found = [run.run_id for run in known if run.run_id.startswith(name)]
    if name in found:
        return name
    if not found:
        raise UnknownRunError(f"there is no run `{name}`", hint="orch runs list")
    if len(found) > 1:
        raise UsageError(f"several runs begin with `{name}`", hint="give more of the id")
    return found[0]


def _limits(session: Session) -> Mapping[str, int]:
    try:
        return session.settings.pools
    except NoTargetError:  # a home may be looked at from anywhere
        return {}


def _json(facts: HomeFacts, limits: Mapping[str, int]) -> dict[str, Any]:
    counts = facts.counts
    return {
        "path": facts.path,
        "store": facts.store,
        "format": counts.format,
        "newest_format": newest_format() if facts.store is None else counts.format,
        "size": counts.size + facts.values_size + facts.logs_size,
        "database_size": counts.size,
        "values_size": facts.values_size,
        "logs_size": facts.logs_size,
        "runs": {status: counts.runs.get(status, 0) for status in RunStatus},
        "events": counts.events,
        "materializations": counts.materializations,
        "materialized_assets": counts.materialized_assets,
        "oldest": None if counts.oldest is None else iso(counts.oldest),
        "newest": None if counts.newest is None else iso(counts.newest),
        "pools": {
            "limits": limits,
            "places": [{**_place_json(place), "gone": gone} for place, gone in facts.places],
        },
    }


def _place_json(place: PoolPlace) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.to_builtins(place)
    return {**data, "since": iso(place.since), "seen": iso(place.seen)}


def _write(session: Session, facts: HomeFacts, limits: Mapping[str, int]) -> None:
    counts, output = facts.counts, session.output
    total = counts.size + facts.values_size + facts.logs_size
    parts = f"database {size(counts.size)}, values {size(facts.values_size)}, logs {size(facts.logs_size)}"
    runs = {status: counts.runs[status] for status in RunStatus if counts.runs.get(status)}
    by_status = ", ".join(f"{count} {status}" for status, count in runs.items())
    output.data(f"home     {facts.path}")
    if facts.store is not None:
        output.data(f"  store    {facts.store}")
    output.data(f"  size     {size(total)}: {parts}")
    output.data(f"  format   {counts.format}")
    output.data(f"  runs     {sum(runs.values())}{f': {by_status}' if by_status else ''}")
    if counts.oldest is not None and counts.newest is not None:
        output.data(f"  started  from {local(counts.oldest)} to {local(counts.newest)}")
    output.data(f"  events   {counts.events}")
    output.data(f"  made     {counts.materializations} materializations, of {counts.materialized_assets} assets")
    if limits:
        output.data(f"  pools    {', '.join(f'{name}: {limit}' for name, limit in sorted(limits.items()))}")
    if facts.places:
        rows = [(*_row(place, gone=gone),) for place, gone in facts.places]
        headers = ("POOL", "STATE", "STEP", "RUN", "SINCE", "PROCESS")
        output.data("")
        output.data(render_table(headers, rows, width=output.width, bold=lambda text: output.styled(text, "bold")))


def _row(place: PoolPlace, *, gone: bool) -> tuple[str, ...]:
    state = "gone" if gone else "holds" if place.held else "waits"
    return place.pool, state, place.step, place.run_id, ago(place.since), f"{place.pid} at {place.host}"
