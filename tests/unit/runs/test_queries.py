"""Asking an instance about runs, events and materializations."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

import orchestrator as dg
from orchestrator.definitions.config_scalars import IntSource


@pytest.fixture
def instance() -> Iterator[dg.Instance]:
    with dg.Instance.ephemeral() as one:
        yield one


@dg.asset(code_version="1")
def source() -> dg.MaterializeResult:
    return dg.MaterializeResult(metadata={"rows": 3}, tags={"colour": "red"}, data_version=dg.DataVersion("v1"))


@dg.asset(deps=[source])
def broken() -> None:
    raise ValueError("no")


@dg.asset(deps=[broken])
def after() -> None: ...


@pytest.fixture
def runs(instance: dg.Instance) -> list[str]:
    """Two runs: one that fails, one that does not."""
    bad = dg.materialize([source, broken, after], instance=instance, raise_on_error=False, tags={"team": "a"})
    good = dg.materialize([source], instance=instance, tags={"team": "b"})
    return [bad.run_id, good.run_id]


def test_runs_newest_first(instance: dg.Instance, runs: list[str]) -> None:
    assert instance.get_run_ids() == runs[::-1]
    assert [run.run_id for run in instance.get_runs(ascending=True)] == runs
    assert instance.get_run_ids(cursor=runs[1]) == runs[:1]
    assert instance.get_run_ids(limit=1) == runs[1:]
    assert [record.dagster_run.run_id for record in instance.get_run_records()] == runs[::-1]
    assert instance.has_run(runs[0])
    assert not instance.has_run("nobody")


def test_runs_by_filter(instance: dg.Instance, runs: list[str]) -> None:
    hour = timedelta(hours=1)
    now = datetime.now(UTC)
    for filters, expected in [
        (dg.RunsFilter(run_ids=runs[:1]), 1),
        (dg.RunsFilter(job_name="other"), 0),
        (dg.RunsFilter(statuses=[dg.RunStatus.FAILURE]), 1),
        (dg.RunsFilter(tags={"team": "b"}), 1),
        (dg.RunsFilter(tags={"team": ["a", "b"]}), 2),
        (dg.RunsFilter(tags={"team": "b"}, statuses=[dg.RunStatus.FAILURE]), 0),
        (dg.RunsFilter(created_after=now - hour, updated_before=now + hour), 2),
        (dg.RunsFilter(created_before=now - hour), 0),
    ]:
        assert instance.get_runs_count(filters) == expected, filters


def test_a_run_says_how_it_ended(instance: dg.Instance, runs: list[str]) -> None:
    bad, good = (instance.get_run_by_id(run_id) for run_id in runs)
    assert bad is not None
    assert good is not None
    assert (bad.is_failure, bad.is_success, bad.is_finished) == (True, False, True)
    assert (good.is_failure, good.is_success, good.job_name) == (False, True, "__ephemeral_asset_job__")
    record = instance.get_run_record_by_id(runs[0])
    assert record is not None
    assert record.end_time is not None
    assert record.start_time <= record.end_time
    stats = instance.get_run_stats(runs[0])
    assert (stats.steps_succeeded, stats.steps_failed, stats.materializations) == (1, 1, 1)
    with pytest.raises(dg.UnknownNameError):
        instance.get_run_stats("nobody")


def test_the_log_of_a_run(instance: dg.Instance, runs: list[str]) -> None:
    entries = instance.all_logs(runs[0])
    types = [entry.dagster_event_type for entry in entries]
    begin = types.index(dg.EventType.RUN_START)
    assert set(types[:begin]) == {dg.EventType.ASSET_MATERIALIZATION_PLANNED}
    assert {entry.get_dagster_event().asset_key for entry in entries[:begin]} == {
        dg.AssetKey(name) for name in ("source", "broken", "after")
    }
    assert entries[-1].dagster_event_type is dg.EventType.RUN_FAILURE
    (failure,) = instance.all_logs(runs[0], of_type=dg.EventType.STEP_FAILURE)
    assert failure.step_key == "broken"
    assert failure.level == 40
    assert failure.error_info is not None
    assert failure.error_info.cls_name == "ValueError"
    error = failure.get_dagster_event().step_failure_data.error
    assert (error.cls_name, error.cause.cls_name, error.cause.message) == (
        "StepExecutionError",
        "ValueError",
        "ValueError: no\n",
    )


def test_materializations_of_an_asset(instance: dg.Instance, runs: list[str]) -> None:
    key = dg.AssetKey("source")
    first = instance.fetch_materializations(key, limit=1)
    assert [record.run_id for record in first.records] == runs[1:]
    assert first.has_more
    second = instance.fetch_materializations(key, limit=1, cursor=first.cursor)
    assert [record.run_id for record in second.records] == runs[:1]
    assert not second.has_more
    assert [r.run_id for r in instance.fetch_materializations(key, limit=5, ascending=True).records] == runs
    later = dg.AssetRecordsFilter(key, after_storage_id=second.records[0].storage_id)
    assert [r.run_id for r in instance.fetch_materializations(later, limit=5).records] == runs[1:]
    newest = instance.get_latest_materialization_event(key)
    assert newest is not None
    assert newest.run_id == runs[1]
    made = newest.asset_materialization
    assert made is not None
    assert made.metadata == {"rows": dg.MetadataValue.int(3)}
    assert made.tags == {
        "colour": "red",
        "dagster/code_version": "1",
        "dagster/data_version": "v1",
        "dagster/data_version_is_user_provided": "true",
    }
    assert instance.get_latest_materialization_code_versions([key]) == {key: "1"}
    assert instance.get_latest_materialization_event("nothing") is None


def test_events_of_all_runs(instance: dg.Instance, runs: list[str]) -> None:
    found = instance.get_event_records(dg.EventRecordsFilter(dg.EventType.STEP_SUCCESS))
    assert [record.run_id for record in found] == runs[::-1]
    about = dg.EventRecordsFilter(dg.EventType.ASSET_MATERIALIZATION, asset_key=dg.AssetKey("after"))
    assert instance.get_event_records(about) == []
    ends = instance.fetch_run_status_changes(dg.EventType.RUN_FAILURE, limit=5)
    assert [record.run_id for record in ends.records] == runs[:1]


def test_assets_that_were_materialized(instance: dg.Instance, runs: list[str]) -> None:
    instance.report_runless_asset_event(dg.AssetMaterialization("raw/table", metadata={"rows": 1}))
    instance.report_runless_asset_event(dg.AssetObservation("seen"))
    known = [key.to_user_string() for key in instance.all_asset_keys()]
    assert known == ["after", "broken", "raw/table", "seen", "source"]
    assert instance.get_asset_keys(prefix=["raw"]) == [dg.AssetKey("raw/table")]
    assert instance.get_asset_keys(cursor='["raw", "table"]') == [dg.AssetKey("seen"), dg.AssetKey("source")]
    assert instance.has_asset_key("source")
    instance.wipe_assets([dg.AssetKey("source")])
    assert not instance.has_asset_key("source")
    with pytest.raises(dg.InvariantError):
        instance.report_runless_asset_event("source")  # type: ignore[arg-type]


def test_tags_and_deletion_of_a_run(instance: dg.Instance, runs: list[str]) -> None:
    instance.add_run_tags(runs[0], {"later": "yes"})
    assert instance.get_runs_count(dg.RunsFilter(tags={"later": "yes", "team": "a"})) == 1
    instance.delete_run(runs[0])
    assert instance.get_run_ids() == runs[1:]
    for ask in (instance.delete_run, lambda run_id: instance.add_run_tags(run_id, {})):
        with pytest.raises(dg.UnknownNameError):
            ask(runs[0])


def test_the_steps_of_a_run_in_numbers(instance: dg.Instance, runs: list[str]) -> None:
    found = instance.get_run_step_stats(runs[0])
    assert [(one.step_key, one.status.value, one.attempts, len(one.materialization_events)) for one in found] == [
        ("source", "SUCCESS", 1, 1),
        ("broken", "FAILURE", 1, 0),
    ]
    assert [one.step_key for one in instance.get_run_step_stats(runs[0], ["broken"])] == ["broken"]


def test_what_is_known_of_assets(instance: dg.Instance, runs: list[str]) -> None:
    (record,) = instance.get_asset_records([dg.AssetKey("source"), dg.AssetKey("nothing")])
    entry = record.asset_entry
    assert (entry.asset_key, entry.last_run_id) == (dg.AssetKey("source"), runs[1])
    assert entry.last_materialization is not None
    assert entry.last_materialization_storage_id == record.storage_id
    assert [one.asset_entry.asset_key for one in instance.get_asset_records()] == [dg.AssetKey("source")]
    newest = instance.get_latest_data_version_record("source")
    assert newest is not None
    assert newest.storage_id == record.storage_id
    assert instance.get_latest_data_version_record("nothing") is None
    assert instance.get_materialized_partitions("source") == set()


def test_an_observation_from_outside(instance: dg.Instance) -> None:
    instance.report_runless_asset_event(dg.AssetObservation("source", metadata={"rows": 2}))
    (record,) = instance.fetch_observations(dg.AssetKey("source"), limit=5).records
    assert record.asset_observation is not None
    assert record.asset_observation.metadata == {"rows": dg.MetadataValue.int(2)}
    assert record.asset_event is record.asset_observation


def test_materializations_before_a_wipe_are_forgotten(instance: dg.Instance, runs: list[str]) -> None:
    instance.wipe_assets([dg.AssetKey("source")])
    assert instance.fetch_materializations(dg.AssetKey("source"), limit=5).records == []
    dg.materialize([source], instance=instance)
    assert len(instance.fetch_materializations(dg.AssetKey("source"), limit=5).records) == 1


def test_the_config_of_a_run_is_recorded_as_it_was_written(instance: dg.Instance) -> None:
    @dg.op(config_schema={"limit": IntSource})
    def limited() -> None: ...

    config = {"ops": {"limited": {"config": {"limit": {"env": "LIMIT_FOR_TEST"}}}}}
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIMIT_FOR_TEST", "3")
        run = dg.GraphDefinition("g", node_defs=[limited]).execute_in_process(run_config=config, instance=instance)
    recorded = instance.get_run_by_id(run.run_id)
    assert recorded is not None
    assert recorded.run_config == config


def test_instances_for_tests(monkeypatch: pytest.MonkeyPatch) -> None:
    with dg.Instance.local_temp() as instance:
        assert instance.is_persistent
        home = instance.home
        monkeypatch.setenv("ORCH_HOME", instance.root_directory)
        with dg.Instance.get() as same:
            assert same.home == home
    assert not home.exists()
    monkeypatch.delenv("ORCH_HOME")
    with pytest.raises(dg.NoTargetError):
        dg.Instance.get()


def test_an_instance_has_no_other_attribute(instance: dg.Instance) -> None:
    assert not hasattr(instance, "get_nothing")
