"""Events as programs look at them."""

from typing import Any

import pytest

import orchestrator as dg
from orchestrator.runs.event_view import views_of
from orchestrator.runs.events import LogsCaptured, StepSkipped


@dg.asset
def first(context: dg.AssetExecutionContext) -> int:
    context.log.info("a line")
    return 1


@dg.asset
def second(first: int) -> int:
    raise ValueError("no")


@dg.asset
def third(second: int) -> int:
    return second


def views() -> list[dg.EventView]:
    with dg.Instance.ephemeral() as instance:
        run = dg.materialize([first, second, third], instance=instance, raise_on_error=False)
        return views_of([stored.event for stored in instance.store.events(run_id=run.run_id)])


def test_what_happened_in_order() -> None:
    assert [(one.event_type_value, one.step_key) for one in views()] == [
        ("PIPELINE_START", None),
        ("STEP_START", "first"),
        ("ASSET_MATERIALIZATION", "first"),
        ("STEP_SUCCESS", "first"),
        ("STEP_START", "second"),
        ("STEP_FAILURE", "second"),
        ("PIPELINE_FAILURE", None),
    ]


def test_captured_output_is_an_event_with_and_without_a_step() -> None:
    common: dict[str, Any] = {"run_id": "r", "timestamp": 0.0, "file": "r/x"}
    of_step, between = views_of([LogsCaptured(step="a", **common), LogsCaptured(step=None, **common)])
    assert (of_step.event_type, of_step.step_key) == (dg.EventType.LOGS_CAPTURED, "a")
    assert of_step.message == 'Captured the output of step "a".'
    assert (between.step_key, between.message) == (None, None)


def test_questions() -> None:
    made = views()[2]
    assert made.event_type is dg.EventType.ASSET_MATERIALIZATION
    assert made.is_step_materialization
    assert made.is_step_event
    assert not made.is_step_success
    assert made.asset_key == dg.AssetKey("first")
    assert made.materialization is made.step_materialization_data.materialization
    assert made.message == "Materialized value first."
    assert views()[0].is_job_event


def test_an_event_does_not_answer_what_it_is_not_about() -> None:
    start = views()[1]
    assert start.asset_key is None
    assert start.event_specific_data is None
    with pytest.raises(AttributeError, match="STEP_START event has no StepFailureData"):
        start.step_failure_data  # noqa: B018
    with pytest.raises(AttributeError, match="no attribute 'nonsense'"):
        start.nonsense  # noqa: B018


def test_the_node_of_a_step() -> None:
    event = StepSkipped(run_id="r", timestamp=0.0, step="graph.double[one]", because=("x",))
    assert views_of([event])[0].node_name == "double"


def test_a_skip_with_a_reason_of_its_own_is_shown() -> None:
    event = StepSkipped(run_id="r", timestamp=0.0, step="x", because=("an output nobody made",))
    assert [one.event_type for one in views_of([event])] == [dg.EventType.STEP_SKIPPED]
