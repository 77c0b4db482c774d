"""What a tick of a schedule or sensor answers, as plain data."""

import os
import sys
from collections.abc import Iterator
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest

import orchestrator as dg
from orchestrator.errors import ErrorInfo
from orchestrator.execution.evaluation import evaluate
from orchestrator.runs.requests import RunRequestData
from orchestrator.workspace.messages import EvaluateTick, TickResult

NINE_IN_SEOUL = datetime(2026, 1, 5, 9, tzinfo=ZoneInfo("Asia/Seoul")).timestamp()


@dg.op
def one() -> None: ...


@dg.op
def breaks() -> None:
    raise ValueError("no")


@dg.job
def whole() -> None:
    one()


@dg.job
def broken() -> None:
    breaks()


@dg.asset
def bread() -> int:
    return 1


@pytest.fixture
def instance() -> Iterator[dg.Instance]:
    with dg.Instance.ephemeral() as made:
        yield made


def tick(item: Any, instance: Any = None, cursor: str | None = None, **parts: Any) -> TickResult | ErrorInfo:
    kind = item.automation_kind
    definitions = dg.Definitions(**{f"{kind}s": [item]}, **parts)
    request = EvaluateTick(kind=kind, name=item.name, scheduled=NINE_IN_SEOUL, now=NINE_IN_SEOUL, cursor=cursor)
    return evaluate(definitions, request, instance)


def asked(answer: TickResult | ErrorInfo) -> TickResult:
    assert isinstance(answer, TickResult), answer
    return answer


def test_a_schedule_is_told_its_time_in_its_zone() -> None:
    @dg.schedule("0 9 * * *", job=whole, execution_timezone="Asia/Seoul")
    def morning(context: dg.ScheduleEvaluationContext) -> dg.RunRequest:
        return dg.RunRequest(run_key=context.scheduled_execution_time.isoformat(), tags={"day": "monday"})

    assert asked(tick(morning)).requests == (
        RunRequestData(
            run_key="2026-01-05T09:00:00+09:00",
            job="whole",
            tags={"day": "monday", "dagster/schedule_name": "morning"},
        ),
    )


def test_a_schedule_of_assets_requests_a_selection() -> None:
    nightly = dg.ScheduleDefinition("nightly", cron_schedule="@daily", target=[bread])
    found = asked(tick(nightly)).requests[0]
    assert (found.job, found.selection) == ("", 'key:"bread"')


def test_a_request_of_some_assets_stays_within_the_target() -> None:
    @dg.sensor(target="*")
    def some() -> dg.RunRequest:
        return dg.RunRequest(asset_selection=[dg.AssetKey("bread")])

    assert asked(tick(some, assets=[bread])).requests[0].selection == '(*) and (key:"bread")'


def test_what_user_code_raises_is_data_and_its_own() -> None:
    @dg.schedule("@daily", job=whole)
    def bad() -> None:
        raise ValueError("out of flour")

    found = tick(bad)
    assert isinstance(found, ErrorInfo)
    assert (found.type, found.message) == ("ValueError", "out of flour")
    assert found.frames[-1].function.endswith("bad")


def test_sys_exit_ends_the_tick_only() -> None:
    @dg.sensor(job=whole)
    def leaves() -> None:
        sys.exit(3)

    found = tick(leaves)
    assert isinstance(found, ErrorInfo)
    assert found.type == "SystemExit"


def test_a_name_that_is_not_there_is_an_error() -> None:
    request = EvaluateTick(kind="sensor", name="nope", scheduled=0.0, now=0.0)
    found = evaluate(dg.Definitions(), request, None)
    assert isinstance(found, ErrorInfo)
    assert "`nope`" in found.message


def test_prints_go_to_stderr(capsys: pytest.CaptureFixture[str]) -> None:
    @dg.sensor(job=whole)
    def talks() -> None:
        print("hello")

    tick(talks)
    assert capsys.readouterr() == ("", "hello\n")


def test_the_log_is_kept() -> None:
    @dg.sensor(job=whole)
    def logs(context: dg.SensorEvaluationContext) -> None:
        context.log.info("looked at %d files", 3)
        context.log.warning("odd")

    assert asked(tick(logs)).log == ("INFO looked at 3 files", "WARNING odd")


def test_no_secret_leaves_a_tick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(os.environ, "TICK_PASSWORD", "hunter2-hunter2")

    class Shop(dg.ConfigurableResource):
        password: str

    @dg.sensor(job=whole)
    def tells(context: dg.SensorEvaluationContext, shop: Shop) -> dg.SkipReason:
        context.log.info("it is %s", shop.password)
        return dg.SkipReason(f"it is {shop.password}")

    @dg.sensor(job=whole)
    def fails(shop: Shop) -> None:
        raise ValueError(shop.password)

    shop = Shop(password=dg.EnvVar("TICK_PASSWORD"))
    said = asked(tick(tells, resources={"shop": shop}))
    assert "hunter2" not in repr(said)
    assert "TICK_PASSWORD" in said.skip_reason
    assert "hunter2" not in repr(tick(fails, resources={"shop": shop}))


def test_resources_are_started_and_torn_down() -> None:
    steps = []

    @dg.resource
    def store() -> Iterator[str]:
        steps.append("up")
        yield "store"
        steps.append("down")

    @dg.sensor(job=whole, required_resource_keys={"store"})
    def looks(context: dg.SensorEvaluationContext) -> dg.RunRequest:
        steps.append(context.resources.store)
        return dg.RunRequest("k")

    asked(tick(looks, resources={"store": store}))
    assert steps == ["up", "store", "down"]


def test_a_cursor_moves_with_the_answer_only() -> None:
    @dg.sensor(job=whole)
    def counts(context: dg.SensorEvaluationContext) -> dg.RunRequest:
        number = int(context.cursor or 0) + 1
        context.update_cursor(str(number))
        if number == 3:
            raise ValueError("three")
        return dg.RunRequest(f"run-{number}")

    assert asked(tick(counts)).cursor == "1"
    assert asked(tick(counts, cursor="1")).cursor == "2"
    assert isinstance(tick(counts, cursor="2"), ErrorInfo)


def test_events_of_assets_are_for_the_record() -> None:
    @dg.sensor(job=whole)
    def reports() -> dg.SensorResult:
        return dg.SensorResult(asset_events=[dg.AssetMaterialization("a/b"), dg.AssetObservation("c")])

    found = asked(tick(reports)).asset_events
    assert [(type(one).__name__, one.asset) for one in found] == [("AssetMaterialized", "a/b"), ("AssetObserved", "c")]


def test_what_is_no_event_of_an_asset_is_refused() -> None:
    @dg.sensor(job=whole)
    def reports() -> dg.SensorResult:
        return dg.SensorResult(asset_events=[5])

    assert isinstance(tick(reports), ErrorInfo)


def test_an_asset_sensor_asks_once_for_each_materialization(instance: dg.Instance) -> None:
    @dg.asset_sensor(asset_key=dg.AssetKey("bread"), job=whole)
    def fresh(context: Any, asset_event: Any) -> dg.RunRequest:
        return dg.RunRequest(asset_event.run_id)

    assert asked(tick(fresh, instance)).requests == ()
    made = dg.materialize([bread], instance=instance)
    first = asked(tick(fresh, instance))
    assert [one.run_key for one in first.requests] == [made.run_id]
    assert asked(tick(fresh, instance, cursor=first.cursor)).requests == ()


def test_a_run_sensor_sees_every_run_once(instance: dg.Instance) -> None:
    @dg.run_failure_sensor(request_job=whole)
    def failed(context: dg.RunFailureSensorContext) -> dg.RunRequest:
        return dg.RunRequest(context.dagster_run.run_id)

    start = asked(tick(failed, instance)).cursor
    runs = [broken.execute_in_process(instance=instance, raise_on_error=False).run_id for _ in range(2)]
    whole.execute_in_process(instance=instance)
    found = asked(tick(failed, instance, cursor=start))
    assert [one.run_key for one in found.requests] == runs
    assert asked(tick(failed, instance, cursor=found.cursor)).requests == ()


def test_a_run_sensor_that_raises_goes_on_with_the_next_run(instance: dg.Instance) -> None:
    seen = []

    @dg.run_failure_sensor
    def mails(context: dg.RunFailureSensorContext) -> None:
        seen.append(context.dagster_run.run_id)
        if len(seen) == 1:
            raise ConnectionError("no mail")

    start = asked(tick(mails, instance)).cursor
    runs = [broken.execute_in_process(instance=instance, raise_on_error=False).run_id for _ in range(2)]
    first = asked(tick(mails, instance, cursor=start))
    assert first.error is not None
    assert first.error.type == "ConnectionError"
    second = asked(tick(mails, instance, cursor=first.cursor))
    assert second.error is None
    assert seen == runs


def test_a_run_sensor_does_not_answer_itself(instance: dg.Instance) -> None:
    @dg.run_status_sensor(run_status=dg.RunStatus.SUCCESS, request_job=whole)
    def again() -> dg.RunRequest:
        return dg.RunRequest()

    start = asked(tick(again, instance)).cursor
    whole.execute_in_process(instance=instance, tags={"dagster/sensor_name": "again"})
    assert asked(tick(again, instance, cursor=start)).requests == ()
    whole.execute_in_process(instance=instance)
    assert len(asked(tick(again, instance, cursor=start)).requests) == 1


def test_a_run_sensor_looks_at_its_jobs_only(instance: dg.Instance) -> None:
    @dg.run_status_sensor(run_status=dg.RunStatus.SUCCESS, monitored_jobs=[broken], request_job=whole)
    def only() -> dg.RunRequest:
        return dg.RunRequest()

    start = asked(tick(only, instance)).cursor
    whole.execute_in_process(instance=instance)
    found = asked(tick(only, instance, cursor=start))
    assert found.requests == ()
    assert found.cursor != start


@pytest.mark.parametrize("cursor", ["x", "[]", "5"])
def test_a_cursor_of_something_else_is_named(instance: dg.Instance, cursor: str) -> None:
    @dg.multi_asset_sensor(monitored_assets=[dg.AssetKey("bread")], job=whole)
    def several(context: Any) -> None: ...

    found = tick(several, instance, cursor=cursor)
    assert isinstance(found, ErrorInfo)
    assert repr(cursor) in found.message
