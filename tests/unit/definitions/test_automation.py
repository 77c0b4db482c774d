"""Defining schedules and sensors."""

from datetime import UTC, datetime
from types import ModuleType
from typing import Any

import pytest

import orchestrator as dg
from orchestrator.errors import ArgumentError, DefinitionError, InvocationError, MissingResourceError


@dg.op
def one() -> None: ...


@dg.job
def whole() -> None:
    one()


@dg.asset
def bread() -> int:
    return 1


def quiet(context: Any) -> None: ...


def schedule(**parameters: Any) -> dg.ScheduleDefinition:
    return dg.ScheduleDefinition("s", **{"cron_schedule": "@daily", "job": whole} | parameters)


def sensor(**parameters: Any) -> dg.SensorDefinition:
    return dg.SensorDefinition("n", **{"evaluation_fn": quiet, "job": whole} | parameters)


def test_what_is_wrong_with_a_cron_string_is_said_of_its_schedule() -> None:
    with pytest.raises(DefinitionError, match=r"schedule `s`.*`0 9 \* \*`") as raised:
        schedule(cron_schedule=["@daily", "0 9 * *"])
    assert "five fields" in str(raised.value)


def test_a_time_zone_that_is_not_there_is_said_of_its_schedule() -> None:
    with pytest.raises(DefinitionError, match=r"schedule `s`.*`Asia/Seul`"):
        schedule(execution_timezone="Asia/Seul")


def test_names_are_as_free_as_all_others() -> None:
    assert dg.ScheduleDefinition("새벽-굽기.1", cron_schedule="@daily", job=whole).name == "새벽-굽기.1"


@pytest.mark.parametrize("made", [schedule, sensor])
def test_what_it_is_for_is_said_once(made: Any) -> None:
    with pytest.raises(DefinitionError, match="`job` and `target`"):
        made(target=[bread])


def test_a_job_that_is_text_is_explained() -> None:
    with pytest.raises(ArgumentError, match="`job_name` takes a name"):
        schedule(job="whole")


def test_a_misspelt_selection_is_found_when_it_is_written() -> None:
    with pytest.raises(dg.SelectionError):
        schedule(job=None, target="group:a and")


def test_a_job_that_is_not_there_is_named_with_the_nearest() -> None:
    definitions = dg.Definitions(jobs=[whole], schedules=[schedule(job=None, job_name="whol")])
    with pytest.raises(DefinitionError, match="did you mean `whole`"):
        dg.Definitions.validate_loadable(definitions)


def test_an_asset_that_is_not_there_is_named() -> None:
    with pytest.raises(dg.SelectionError, match="`bred`"):
        dg.Definitions.validate_loadable(dg.Definitions(assets=[bread], sensors=[sensor(job=None, target="bred")]))


def test_a_missing_resource_is_found_before_the_first_tick() -> None:
    @dg.sensor(job=whole)
    def uses(oven: dg.ResourceParam[str]) -> None: ...

    with pytest.raises(MissingResourceError, match=r"sensor `uses`.*`oven`"):
        dg.Definitions.validate_loadable(dg.Definitions(sensors=[uses]))
    dg.Definitions.validate_loadable(dg.Definitions(sensors=[uses], resources={"oven": "hot"}))


def test_a_schedule_and_a_sensor_have_two_names() -> None:
    with pytest.raises(DefinitionError, match="schedule `s` and sensor `s`"):
        dg.Definitions.validate_loadable(
            dg.Definitions(schedules=[schedule()], sensors=[dg.SensorDefinition("s", evaluation_fn=quiet)])
        )


def test_what_is_no_schedule_is_refused() -> None:
    with pytest.raises(DefinitionError, match="did you forget @schedule"):
        dg.Definitions(schedules=[quiet])


def test_jobs_and_assets_of_a_schedule_need_not_be_given_again() -> None:
    definitions = dg.Definitions(
        schedules=[schedule(), dg.ScheduleDefinition("t", cron_schedule="@daily", target=bread)]
    )
    assert [job.name for job in definitions.jobs] == ["whole"]
    assert definitions.get_assets_def("bread") is bread


def test_lookups_by_name() -> None:
    definitions = dg.Definitions(schedules=[schedule()], sensors=[sensor()])
    assert definitions.get_schedule_def("s").name == "s"
    assert definitions.get_sensor_def("n").name == "n"
    with pytest.raises(dg.UnknownNameError, match="`nn`"):
        definitions.get_sensor_def("nn")


def test_a_module_without_definitions_gives_them_too() -> None:
    module = ModuleType("kitchen")
    vars(module).update(s=schedule(), several=[sensor()], a=bread)
    found = dg.load_definitions_from_modules([module])
    assert [one.name for one in (*found.schedules, *found.sensors)] == ["s", "n"]


def test_a_called_schedule_needs_its_resources() -> None:
    @dg.schedule("@daily", job=whole)
    def uses(context: Any, oven: dg.ResourceParam[str]) -> dg.RunRequest:
        return dg.RunRequest(f"{oven} {context.scheduled_execution_time:%H}")

    context = dg.build_schedule_context(scheduled_execution_time=datetime(2026, 1, 5, 9, tzinfo=UTC))
    assert uses(context, oven="hot").run_key == "hot 09"
    with pytest.raises(MissingResourceError, match="`oven`"):
        uses(context)
    with pytest.raises(InvocationError):
        uses(context, context)


def test_a_resource_that_cleans_up_does_so_when_the_context_is_left() -> None:
    steps = []

    @dg.resource
    def oven() -> Any:
        yield "hot"
        steps.append("cold")

    @dg.sensor(job=whole, required_resource_keys={"oven"})
    def uses(context: Any) -> dg.RunRequest:
        return dg.RunRequest(context.resources.oven)

    with dg.build_sensor_context(resources={"oven": oven}) as context:
        assert uses(context).run_key == "hot"
        assert steps == []
    assert steps == ["cold"]


@pytest.mark.parametrize(
    ("parameter", "value"),
    [("stale_assets_only", True), ("run_key", 5), ("tags", [1]), ("run_config", "x"), ("asset_selection", ["a"])],
)
def test_what_a_request_cannot_say_is_refused(parameter: str, value: Any) -> None:
    with pytest.raises(DefinitionError):
        dg.RunRequest(**{parameter: value})


def test_requests_of_dynamic_partitions_are_refused() -> None:
    with pytest.raises(ArgumentError, match="dynamic_partitions_requests"):
        dg.SensorResult(dynamic_partitions_requests=[object()])


def test_a_status_no_run_has_is_refused() -> None:
    with pytest.raises(DefinitionError, match="one of STARTED, SUCCESS, FAILURE, CANCELED"):
        dg.run_status_sensor(run_status="QUEUED")(quiet)
