"""What every event store does."""

import tempfile
import threading
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.definitions.metadata import FloatMetadataValue, IntMetadataValue, JsonMetadataValue, TextMetadataValue
from orchestrator.errors import ErrorInfo, Frame
from orchestrator.runs.events import (
    AssetMaterialized,
    AssetWiped,
    Event,
    LogWritten,
    RunDeleted,
    RunFinished,
    RunStarted,
    RunTagged,
    StepCanceled,
    StepFailed,
    StepSkipped,
    StepStarted,
    StepSucceeded,
)
from orchestrator.runs.records import Materialization, Run, RunStatus
from orchestrator.runs.store import EventStore, EventWatch
from orchestrator.storage.memory import MemoryEventStore
from orchestrator.storage.sqlite import SqliteEventStore

ERROR = ErrorInfo(
    type="ValueError", message="no flour", frames=(Frame("/x.py", 3, "dough", "mix()"),), traceback="Trace", hint="buy"
)


def started(run_id: str = "r1", timestamp: float = 10.0, job: str | None = None) -> RunStarted:
    return RunStarted(
        run_id=run_id,
        timestamp=timestamp,
        job=job,
        selection="+cakes",
        tags={"team": "bakery"},
        assets=("dough", "cakes", "crumbs"),
        steps=2,
        host="oven",
        pid=7,
        process_token="t7",
    )


def finished(run_id: str = "r1", timestamp: float = 20.0, status: RunStatus = RunStatus.FAILURE) -> RunFinished:
    return RunFinished(
        run_id=run_id,
        timestamp=timestamp,
        status=status,
        materialized=1,
        failed=1,
        skipped=1,
        duration_s=10.0,
        message="burnt",
    )


def made(asset: str = "dough", run_id: str = "r1", timestamp: float = 12.0) -> AssetMaterialized:
    return AssetMaterialized(
        run_id=run_id,
        timestamp=timestamp,
        step=f"make_{asset}",
        asset=asset,
        stored=True,
        metadata={"rows": IntMetadataValue(77), "note": TextMetadataValue("설탕")},
        tags={"kind": "table"},
        data_version="d1",
        code_version="c1",
        duration_s=1.5,
        location="bakery",
    )


def failed(*assets: str, run_id: str = "r1", timestamp: float = 13.0) -> StepFailed:
    return StepFailed(run_id=run_id, timestamp=timestamp, step="bake", error=ERROR, duration_s=0.5, assets=assets)


def wiped(asset: str) -> AssetWiped:
    return AssetWiped(run_id="", timestamp=30.0, asset=asset)


def log(number: int, run_id: str = "r1") -> LogWritten:
    return LogWritten(run_id=run_id, timestamp=11.0, step="bake", message=str(number))


ONE_OF_EACH: list[Event] = [
    started(),
    StepStarted(run_id="r1", timestamp=11.0, step="make_dough", location="bakery", assets=("dough",)),
    LogWritten(run_id="r1", timestamp=11.5, step=None, level="warning", message="tab\tand \x00 and 🍰"),
    made(),
    StepSucceeded(run_id="r1", timestamp=12.5, step="make_dough", duration_s=1.5),
    failed("cakes"),
    StepSkipped(run_id="r1", timestamp=14.0, step="sweep", because=("bake",), assets=("crumbs",), reason="upstream"),
    StepCanceled(run_id="r1", timestamp=15.0, step="sell", assets=("money",)),
    finished(),
    wiped("old"),
]


# -- events


def test_a_new_store_is_empty(store: EventStore) -> None:
    assert list(store.events()) == []
    assert store.runs() == []
    assert store.run("r1") is None
    assert store.materializations() == {}
    assert store.failed_assets() == {}


def test_events_come_back_as_they_were_in_order_with_rising_ids(store: EventStore) -> None:
    store.append(ONE_OF_EACH[:4])
    store.append([])
    store.append(ONE_OF_EACH[4:])
    stored = list(store.events())
    assert [item.event for item in stored] == ONE_OF_EACH
    ids = [item.id for item in stored]
    assert ids == sorted(set(ids))
    assert ids[0] > 0


def test_events_of_one_run(store: EventStore) -> None:
    store.append([started("r1"), started("r2"), log(1, "r2"), log(2, "r1")])
    assert [item.event for item in store.events(run_id="r2")] == [started("r2"), log(1, "r2")]
    assert list(store.events(run_id="r")) == []


def test_events_of_some_types(store: EventStore) -> None:
    store.append(ONE_OF_EACH)
    found = [type(item.event) for item in store.events(types=("step_failed", "run_started"))]
    assert found == [RunStarted, StepFailed]
    assert [type(item.event) for item in store.events(run_id="r1", types={"log"})] == [LogWritten]
    assert list(store.events(types=["nonsense"])) == []


def test_events_after_an_id_and_at_most_so_many(store: EventStore) -> None:
    store.append([log(number) for number in range(2500)])
    stored = list(store.events())
    assert list(store.events(after=stored[9].id)) == stored[10:]
    assert list(store.events(after=stored[9].id, limit=3)) == stored[10:13]
    assert list(store.events(limit=2001)) == stored[:2001]
    assert list(store.events(limit=0)) == []
    assert list(store.events(after=stored[-1].id)) == []


def test_events_can_be_read_while_others_are_appended(store: EventStore) -> None:
    store.append([log(number) for number in range(1500)])
    seen = 0
    for item in store.events(limit=1500):
        if seen % 100 == 0:
            store.append([log(seen, "r2")])
        assert item.event == log(seen)
        seen += 1
    assert seen == 1500
    assert len(list(store.events(run_id="r2"))) == 15


def test_a_reader_may_stop_early(store: EventStore) -> None:
    store.append([log(number) for number in range(1500)])
    assert next(iter(store.events())).event == log(0)
    store.append([log(1500)])
    assert len(list(store.events())) == 1501


# -- runs


def test_a_run_that_started(store: EventStore) -> None:
    store.append([started(job="daily")])
    assert store.run("r1") == Run(
        run_id="r1",
        status=RunStatus.STARTED,
        started=10.0,
        job="daily",
        selection="+cakes",
        tags={"team": "bakery"},
        planned=3,
        host="oven",
        pid=7,
        process_token="t7",
    )


@pytest.mark.parametrize("together", [True, False])
def test_a_run_that_finished(store: EventStore, together: bool) -> None:
    batches: list[list[Event]] = [[started(), finished()]] if together else [[started()], [finished()]]
    for batch in batches:
        store.append(batch)
    run = store.run("r1")
    assert run is not None
    assert (run.status, run.ended, run.message) == (RunStatus.FAILURE, 20.0, "burnt")
    assert (run.planned, run.materialized, run.failed, run.skipped) == (3, 1, 1, 1)
    assert (run.host, run.selection, run.started) == ("oven", "+cakes", 10.0)


def test_the_end_of_a_run_nobody_started_is_only_an_event(store: EventStore) -> None:
    store.append([finished("ghost")])
    assert store.run("ghost") is None
    assert len(list(store.events(run_id="ghost"))) == 1


def test_runs_newest_first_also_after_an_old_one_ended(store: EventStore) -> None:
    for run_id in ("r1", "r2", "r3"):
        store.append([started(run_id)])
    store.append([finished("r1")])
    assert [run.run_id for run in store.runs()] == ["r3", "r2", "r1"]
    assert [run.run_id for run in store.runs(limit=2)] == ["r3", "r2"]
    assert store.runs(limit=0) == []


def test_runs_by_status_job_and_prefix(store: EventStore) -> None:
    store.append([started("aa1", job="x"), started("aa2", job="y"), started("ab3", job="x"), started("b%_4")])
    store.append([finished("aa1", status=RunStatus.SUCCESS), finished("ab3", status=RunStatus.SUCCESS)])

    def ids(**filters: object) -> list[str]:
        return [run.run_id for run in store.runs(**filters)]  # type: ignore[arg-type]

    assert ids(status=RunStatus.SUCCESS) == ["ab3", "aa1"]
    assert ids(job="x") == ["ab3", "aa1"]
    assert ids(job="x", status=RunStatus.STARTED) == []
    assert ids(id_prefix="aa") == ["aa2", "aa1"]
    assert ids(id_prefix="aa", status=RunStatus.SUCCESS, limit=1) == ["aa1"]
    assert ids(id_prefix="b%") == ["b%_4"]
    assert ids(id_prefix="%") == ids(id_prefix="*") == ids(id_prefix="_") == ids(id_prefix="AA") == []


# -- assets


@pytest.mark.parametrize("together", [True, False])
def test_tags_put_on_a_run_later(store: EventStore, together: bool) -> None:
    events: list[Event] = [started(), RunTagged(run_id="r1", timestamp=11.0, tags={"team": "cakes", "more": "x"})]
    for batch in [events] if together else [[one] for one in events]:
        store.append(batch)
    run = store.run("r1")
    assert run is not None
    assert run.tags == {"team": "cakes", "more": "x"}
    store.append([RunTagged(run_id="nobody", timestamp=12.0, tags={})])
    assert store.run("nobody") is None


@pytest.mark.parametrize("together", [True, False])
def test_deleting_a_run_removes_its_record_not_its_events(store: EventStore, together: bool) -> None:
    events: list[Event] = [started(), RunDeleted(run_id="r1", timestamp=11.0), finished()]
    for batch in [events] if together else [[one] for one in events]:
        store.append(batch)
    assert store.run("r1") is None
    assert store.runs() == []
    assert [stored.event for stored in store.events(run_id="r1")] == events


def test_the_newest_materialization_of_each_asset(store: EventStore) -> None:
    store.append([made("dough", "r1", 12.0), made("cakes", "r1", 13.0), made("dough", "r2", 22.0)])
    store.append([made("cakes", "r3", 33.0)])
    assert store.materializations()["dough"] == Materialization(
        key="dough",
        run_id="r2",
        timestamp=22.0,
        step="make_dough",
        duration_s=1.5,
        stored=True,
        metadata={"rows": IntMetadataValue(77), "note": TextMetadataValue("설탕")},
        tags={"kind": "table"},
        data_version="d1",
        code_version="c1",
        location="bakery",
    )
    assert store.materializations()["cakes"].run_id == "r3"
    assert store.materializations().keys() == {"dough", "cakes"}


def test_materializations_of_some_keys(store: EventStore) -> None:
    store.append([made("dough"), made("바닐라/cake's"), made("crumbs")])
    assert store.materializations(["바닐라/cake's", "nothing", "dough", "dough"]).keys() == {"dough", "바닐라/cake's"}
    assert store.materializations([]) == {}


def test_materializations_of_very_many_keys(store: EventStore) -> None:
    store.append([made(f"a{number}") for number in range(0, 40_000, 2)])
    found = store.materializations({f"a{number}" for number in range(40_000)})
    assert len(found) == 20_000


def test_a_failed_step_marks_its_assets_until_they_are_materialized(store: EventStore) -> None:
    store.append([made("dough"), made("cakes")])
    store.append([failed("cakes", "crumbs", run_id="r2")])
    assert store.failed_assets() == {"cakes": "r2", "crumbs": "r2"}
    assert store.materializations()["cakes"].run_id == "r1"  # the last good one stays
    store.append([failed("cakes", run_id="r3"), made("crumbs", "r3")])
    assert store.failed_assets() == {"cakes": "r3"}
    store.append([made("cakes", "r4"), failed("cakes", run_id="r5"), made("cakes", "r6")])
    assert store.failed_assets() == {}


def test_wiping_an_asset_removes_its_records_not_its_events(store: EventStore) -> None:
    store.append([made("dough"), made("cakes"), failed("dough", "cakes")])
    store.append([wiped("dough"), wiped("unheard_of")])
    assert store.materializations().keys() == {"cakes"}
    assert store.failed_assets() == {"cakes": "r1"}
    assert len(list(store.events(types=["asset_materialized"]))) == 2
    store.append([wiped("cakes"), made("cakes", "r2"), made("dough", "r2"), wiped("dough")])
    assert {key: found.run_id for key, found in store.materializations().items()} == {"cakes": "r2"}


# -- use


def test_several_threads_append_and_read(store: EventStore) -> None:
    def work(name: str) -> None:
        for number in range(40):
            store.append([started(f"{name}{number}"), made(name, name), finished(f"{name}{number}")])
            assert store.run(f"{name}{number}") is not None
            assert name in store.materializations()

    threads = [threading.Thread(target=work, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    events = [item.event for item in store.events()]
    assert len(events) == 480
    for first, second, third in zip(events[::3], events[1::3], events[2::3], strict=True):  # batches stay together
        assert isinstance(first, RunStarted)
        assert first.run_id.startswith(second.run_id)
        assert third.run_id == first.run_id
    assert len(store.runs()) == 160


def test_close_may_be_called_again(store: EventStore) -> None:
    store.close()
    store.close()


# -- all stores agree, with each other and with a reading of the events from the back

KEYS = st.sampled_from(["a", "b/c", "설탕", "d"])
RUN_IDS = st.sampled_from(["r1", "r2", "s3"])
TIMES = st.floats(0, 2e9)
METADATA = st.dictionaries(
    st.text(max_size=5),
    st.one_of(
        st.builds(TextMetadataValue, st.text()),
        st.builds(IntMetadataValue, st.integers()),
        st.builds(FloatMetadataValue, st.none() | st.floats(allow_nan=False, allow_infinity=False)),
        st.builds(JsonMetadataValue, st.recursive(st.none() | st.booleans() | st.text(), st.lists)),
    ),
    max_size=3,
)
EVENTS: st.SearchStrategy[Event] = st.one_of(
    st.builds(
        RunStarted,
        run_id=RUN_IDS,
        timestamp=TIMES,
        job=st.none() | st.text(max_size=3),
        assets=st.lists(KEYS).map(tuple),
        tags=st.dictionaries(st.text(max_size=3), st.text(max_size=3), max_size=2),
    ),
    st.builds(
        RunFinished,
        run_id=RUN_IDS,
        timestamp=TIMES,
        status=st.sampled_from(RunStatus),
        materialized=st.integers(0, 9),
        failed=st.integers(0, 9),
        skipped=st.integers(0, 9),
        duration_s=TIMES,
        message=st.none() | st.text(),
    ),
    st.builds(
        AssetMaterialized,
        run_id=RUN_IDS,
        timestamp=TIMES,
        step=st.text(),
        asset=KEYS,
        stored=st.booleans(),
        metadata=METADATA,
        duration_s=TIMES,
    ),
    st.builds(
        StepFailed,
        run_id=RUN_IDS,
        timestamp=TIMES,
        step=st.text(),
        error=st.just(ERROR),
        duration_s=TIMES,
        assets=st.lists(KEYS, max_size=3).map(tuple),
    ),
    st.builds(AssetWiped, run_id=st.just(""), timestamp=TIMES, asset=KEYS),
    st.builds(LogWritten, run_id=RUN_IDS, timestamp=TIMES, message=st.text()),
)


def newest_by_asset(events: Sequence[Event]) -> tuple[dict[str, str], dict[str, str]]:
    """The run of the newest materialization, and of the newest failure, of each asset: read from the back."""
    materialized: dict[str, str] = {}
    failures: dict[str, str] = {}
    settled: set[str] = set()
    gone: set[str] = set()
    for event in reversed(events):
        if isinstance(event, AssetWiped):
            gone.add(event.asset)
        elif isinstance(event, AssetMaterialized) and event.asset not in gone:
            materialized.setdefault(event.asset, event.run_id)
        touched = event.assets if isinstance(event, StepFailed) else [getattr(event, "asset", None)]
        for asset in touched:
            if asset is not None and asset not in settled:
                settled.add(asset)
                if isinstance(event, StepFailed):
                    failures[asset] = event.run_id
    return materialized, failures


def everything(store: EventStore) -> list[object]:
    """All that can be read from a store."""
    return [
        list(store.events()),
        list(store.events(run_id="r1", types=["asset_materialized", "log"], after=2, limit=3)),
        store.runs(),
        store.runs(status=RunStatus.SUCCESS, id_prefix="r"),
        [store.run(run_id) for run_id in ("r1", "r2", "s3", "x")],
        store.materializations(),
        store.materializations(["a", "설탕", "x"]),
        store.failed_assets(),
    ]


@settings(deadline=None, max_examples=150)
@given(st.lists(st.lists(EVENTS, max_size=8), max_size=6))
def test_stores_agree_on_any_events(batches: list[list[Event]]) -> None:
    memory, whole = MemoryEventStore(), MemoryEventStore()
    with tempfile.TemporaryDirectory() as folder:
        sqlite = SqliteEventStore(Path(folder) / "orch.db")
        for batch in batches:
            memory.append(batch)
            sqlite.append(batch)
        found = everything(sqlite)
        sqlite.close()
    events = [event for batch in batches for event in batch]
    whole.append(events)
    assert found == everything(memory) == everything(whole)
    materialized, failures = newest_by_asset(events)
    assert {key: record.run_id for key, record in memory.materializations().items()} == materialized
    assert memory.failed_assets() == failures


def test_events_of_several_types_come_in_order(store: EventStore) -> None:
    for number in range(30):
        store.append(
            [started(f"r{number}"), log(number, f"r{number}"), made(f"a{number}", f"r{number}"), finished(f"r{number}")]
        )
    chosen = [item.event for item in store.events(types=["run_finished", "run_started"])]
    assert chosen == [event for n in range(30) for event in (started(f"r{n}"), finished(f"r{n}"))]
    some = list(store.events(types=["log", "run_started"], after=5, limit=3))
    assert [(item.id, type(item.event)) for item in some] == [(6, LogWritten), (9, RunStarted), (10, LogWritten)]


def test_events_about_one_asset(store: EventStore) -> None:
    gone = wiped("a")
    store.append([started("r1"), made("a", "r1"), made("b", "r1"), log(1), gone, made("a", "r2")])
    assert [item.event for item in store.events(asset="a")] == [made("a", "r1"), gone, made("a", "r2")]
    assert [item.event for item in store.events(asset="a", types=["asset_wiped", "log"])] == [gone]
    assert [item.event for item in store.events(asset="a", run_id="r2")] == [made("a", "r2")]
    assert [item.id for item in store.events(asset="a", after=2, limit=1)] == [5]
    assert list(store.events(asset="c")) == []


# -- watching


def test_a_watch_tells_of_new_events(store: EventStore) -> None:
    watch = store.watch()
    assert watch.changed()
    assert not watch.changed()
    store.append([log(1)])
    assert tells_soon(watch)
    assert not watch.changed()
    store.append([log(2)])
    store.append([log(3)])
    assert tells_soon(watch)
    watch.close()


def tells_soon(watch: EventWatch) -> bool:
    """Whether a watch tells of news; from a server they may take a moment."""
    give_up = time.monotonic() + 10
    while time.monotonic() < give_up:
        if watch.changed():
            return True
        time.sleep(0.01)
    return False
