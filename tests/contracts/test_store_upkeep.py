"""What keeps every store in shape."""

from pathlib import Path

from orchestrator.runs.events import AssetMaterialized, AssetWiped, Event, LogWritten, RunFinished, RunStarted
from orchestrator.runs.records import RunStatus
from orchestrator.runs.store import EventStore
from orchestrator.storage.sqlite import SqliteEventStore


def run(run_id: str, *assets: str, at: float = 1.0, logs: int = 0) -> list[Event]:
    return [
        RunStarted(run_id=run_id, timestamp=at),
        *(LogWritten(run_id=run_id, timestamp=at, message="m" * 300) for _ in range(logs)),
        *(AssetMaterialized(run_id=run_id, timestamp=at, step=key, asset=key) for key in assets),
        RunFinished(
            run_id=run_id, timestamp=at, status=RunStatus.SUCCESS, materialized=1, failed=0, skipped=0, duration_s=1.0
        ),
    ]


def test_an_empty_store(store: EventStore) -> None:
    counts = store.upkeep.counts()
    assert (dict(counts.runs), counts.events, counts.materializations) == ({}, 0, 0)
    assert (counts.oldest, counts.newest) == (None, None)


def test_everything_is_counted(store: EventStore) -> None:
    store.append([*run("r1", "a", "b"), *run("r2", "a", at=2.0), RunStarted(run_id="r3", timestamp=3.0)])
    store.append([AssetWiped(run_id="", timestamp=4.0, asset="b")])
    counts = store.upkeep.counts()
    assert counts.runs == {RunStatus.SUCCESS: 2, RunStatus.STARTED: 1}
    assert (counts.events, counts.materializations, counts.materialized_assets) == (9, 3, 1)
    assert (counts.oldest, counts.newest) == (1.0, 3.0)


def test_a_run_is_forgotten_but_for_newest_materializations(store: EventStore) -> None:
    store.append([*run("r1", "a", "b"), *run("r2", "a", at=2.0)])
    before = store.materializations()
    assert store.upkeep.forget("r1") == 3
    assert store.run("r1") is None
    assert [run.run_id for run in store.runs()] == ["r2"]
    assert [one.event for one in store.events(run_id="r1")] == [before_event(store, "b")]
    assert store.materializations() == before
    assert len(list(store.events(run_id="r2"))) == 3


def before_event(store: EventStore, key: str) -> AssetMaterialized:
    made = store.materializations()[key]
    return AssetMaterialized(run_id=made.run_id, timestamp=made.timestamp, step=made.step, asset=key)


def test_ids_of_events_are_never_given_again(store: EventStore) -> None:
    store.append(run("r1", logs=3))
    last = [one.id for one in store.events()][-1]
    store.upkeep.forget("r1")
    store.append([LogWritten(run_id="r2", timestamp=1.0)])
    assert [one.event.run_id for one in store.events(after=last)] == ["r2"]


def test_forgetting_what_is_not_there(store: EventStore) -> None:
    store.append(run("r1", "a"))
    assert store.upkeep.forget("r9") == 0
    assert len(list(store.events())) == 3


def test_many_events_of_one_run(store: EventStore) -> None:
    store.append(run("r1", "a", logs=5000))
    store.append(run("r2", "b"))
    assert store.upkeep.forget("r1") == 5002
    assert store.upkeep.compact()
    assert store.upkeep.counts().events == 4
    assert store.materializations().keys() == {"a", "b"}


def test_the_file_becomes_smaller(tmp_path: Path) -> None:
    path = tmp_path / "orch.db"
    store = SqliteEventStore(path)
    store.append(run("r1", logs=5000))
    store.append(run("r2", "a"))
    full = store.upkeep.counts().size
    store.upkeep.forget("r1")
    other = SqliteEventStore(path)  # others may have it open
    assert store.upkeep.compact()
    assert store.upkeep.counts().size < full / 10
    assert other.materializations().keys() == {"a"}
    other.close()
    store.close()


def test_rebuilding_keeps_everything(store: EventStore) -> None:
    store.append(run("r1", "a", logs=10))
    events = list(store.events())
    store.upkeep.rebuild()
    assert list(store.events()) == events
    assert store.upkeep.compact()
