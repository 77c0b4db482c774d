"""Keep a home in shape: what is in it, what of it may go, and its format."""

import shutil
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from orchestrator.errors import StoreError
from orchestrator.execution.pools import is_gone
from orchestrator.instance import DATABASE, Instance
from orchestrator.runs.pools import PoolPlace
from orchestrator.runs.records import Run
from orchestrator.runs.upkeep import StoreCounts
from orchestrator.storage.database import SCRIPTS, copy_database, format_of
from orchestrator.storage.faults import store_faults

#: Where values between ops lie, by run.
_RUN_VALUES = ".runs"


class HomeFacts(Struct, frozen=True, kw_only=True):
    """What is in a home."""

    path: str
    #: The address of the store without its password, if it is not in the home.
    store: str | None = None
    counts: StoreCounts
    #: Bytes of stored values, and of what steps wrote to stdout and stderr.
    values_size: int
    logs_size: int
    #: Who holds slots of concurrency pools and who waits for them, and whether its process is gone.
    places: tuple[tuple[PoolPlace, bool], ...]


class Pruned(Struct, frozen=True, kw_only=True):
    """What was removed."""

    runs: tuple[str, ...]
    events: int = 0
    #: Bytes of values between ops and of what steps wrote to stdout and stderr.
    files_size: int = 0
    #: Whether the room in the database was given back to the disk.
    compacted: bool = True


class Migrated(Struct, frozen=True, kw_only=True):
    """What was done to a database."""

    before: int
    after: int
    rebuilt: bool
    backup: str | None = None


def facts_of(instance: Instance) -> HomeFacts:
    """What is in a home.

    Raises:
        StoreError: the store cannot be read.
    """
    return HomeFacts(
        path=str(instance.home),
        store=instance.store_address,
        counts=instance.store.upkeep.counts(),
        values_size=_size_of(instance.storage),
        logs_size=_size_of(instance.logs),
        places=tuple((place, is_gone(place)) for place in instance.store.pools.places()),
    )


def prunable(
    runs: Sequence[Run], *, before: float | None = None, keep: int = 0, ids: Collection[str] | None = None
) -> list[Run]:
    """The runs that may be pruned, oldest first: none that goes on, or that one which goes on continues.

    Args:
        runs: all runs, newest first.
        before: only what ended before, in seconds since 1970.
        keep: not the newest so many.
        ids: only these.
    """
    going_on = [run for run in runs if not run.is_finished]
    needed = {name for run in going_on for name in (run.parent_run_id, run.root_run_id)}
    return [
        run
        for run in reversed(runs[keep:])
        if run.is_finished
        and run.run_id not in needed
        and (before is None or (run.ended or run.started) < before)
        and (ids is None or run.run_id in ids)
    ]


def prune(instance: Instance, runs: Iterable[Run]) -> Pruned:
    """Remove runs: their records and events, what their steps wrote to stdout and stderr, and values between their ops.

    Nothing of the newest materialization of any asset is removed, nor its value.

    Args:
        instance: the home.
        runs: from `prunable`.

    Raises:
        StoreError: the store cannot be written; what is removed is removed whole, the rest is as it was.
    """
    known = instance.store.materializations()
    asset_folders = {key.split("/")[0] for key in known}
    pruned, events, size = [], 0, 0
    for run in runs:
        # files first: if this process ends here, the record is still there to begin with
        for folder in _folders_of(instance, run, asset_folders):
            size += _size_of(folder)
            shutil.rmtree(folder, ignore_errors=True)
        events += instance.store.upkeep.forget(run.run_id)
        pruned.append(run.run_id)
    compacted = instance.store.upkeep.compact() if pruned else True
    return Pruned(runs=tuple(pruned), events=events, files_size=size, compacted=compacted)


def migrate(home: Path, *, backup: bool = False) -> Migrated:
    """Bring the database of a home to the newest format, and to where it can give room back.

    Args:
        home: the home; its database is there.
        backup: keep a copy of the database, as it was, beside it.

    Raises:
        StoreError: the database cannot be used, or there is a copy of it already.
    """
    path = home / DATABASE
    with store_faults(path):
        before = format_of(path)
    copy = path.with_name(f"{path.name}.format-{before}") if backup else None
    if copy is not None:
        if copy.exists():
            raise StoreError(f"there is a copy of the database already: {copy}", hint="move it aside, or no --backup")
        with store_faults(path):
            copy_database(path, copy)
    with Instance.open(home) as instance:
        upkeep = instance.store.upkeep
        rebuilt = not upkeep.compact()
        if rebuilt:
            upkeep.rebuild()
        after = upkeep.counts().format
    return Migrated(before=before, after=after, rebuilt=rebuilt, backup=None if copy is None else str(copy))


def newest_format() -> int:
    """The format that this orch writes."""
    return len(SCRIPTS)


def _folders_of(instance: Instance, run: Run, asset_folders: Collection[str]) -> Iterator[Path]:
    if Path(run.run_id).name != run.run_id or run.run_id in ("", ".."):
        return  # an id that somebody gave, and no name of a folder
    yield instance.logs / run.run_id
    yield instance.storage / _RUN_VALUES / run.run_id
    if run.run_id not in asset_folders:  # in Dagster's dialect values between ops have no folder of their own
        yield instance.storage / run.run_id


def _size_of(folder: Path) -> int:
    total = 0
    for one in folder.rglob("*"):
        try:
            total += one.stat().st_size if one.is_file() else 0
        except OSError:
            continue  # a run goes on
    return total
