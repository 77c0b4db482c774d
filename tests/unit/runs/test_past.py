"""What runs have done, read from their events."""

import msgspec
import pytest

from orchestrator.errors import ErrorInfo, UnknownRunError
from orchestrator.runs.events import (
    AssetMaterialized,
    AssetObserved,
    Event,
    OutputProduced,
    RunStarted,
    StepFailed,
    StepSkipped,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)
from orchestrator.runs.past import Past, newest_of_chain, past_of, read_past, template_of
from orchestrator.runs.records import Run, RunStatus
from orchestrator.storage.memory import MemoryEventStore

ERROR = ErrorInfo(type="E", message="m")


def run(run_id: str, *steps: str, parent: str | None = None, retry: str = "", planned: str = "") -> list[Event]:
    """A run of steps: `a` succeeded, `a!` failed, `a?` was cut off, `a-` was not fed."""
    at = {"run_id": run_id, "timestamp": 0.0}
    wiring = {key: f"{key} of {run_id}" for key in planned.split()}
    events: list[Event] = [RunStarted(**at, parent_run_id=parent, root_run_id="r1", retry=retry, wiring=wiring)]
    for text in steps:
        key = text.rstrip("!?-")
        if text.endswith("-"):
            events.append(StepSkipped(**at, step=key, because=("x",), reason="not produced"))
            continue
        events += [StepStarted(**at, step=key), OutputProduced(**at, step=key, output="result")]
        if text.endswith("!"):
            events.append(StepFailed(**at, step=key, error=ERROR, duration_s=0))
        elif not text.endswith("?"):
            events.append(StepSucceeded(**at, step=key, duration_s=0))
    return events


def done(past: Past) -> dict[str, str]:
    return {key: one.run_id for key, one in past.done.items()}


def test_only_what_has_a_recorded_success_is_done() -> None:
    past = past_of([run("r1", "a", "b!", "c?", planned="a b c d")])
    assert done(past) == {"a": "r1"}
    assert list(past.planned) == ["a", "b", "c", "d"]
    assert past.root_run_id == "r1"


def test_what_a_failed_attempt_made_does_not_count() -> None:
    at = {"run_id": "r1", "timestamp": 0.0, "step": "a"}
    first, *_ = run("r1")
    produced = [OutputProduced(**at, output="many", mapping_key=key) for key in ("x", "y")]
    past = past_of(
        [
            [
                first,
                StepStarted(**at),
                produced[0],
                AssetMaterialized(**at, asset="old"),
                AssetObserved(**at, asset="seen"),
                StepUpForRetry(**at, error=ERROR, duration_s=0),
                StepStarted(**at, attempt=1),
                *produced,
                AssetMaterialized(**at, asset="new"),
                StepSucceeded(**at, duration_s=2.5),
            ]
        ]
    )
    (one,) = past.done.values()
    assert one.outputs == (("many", "x"), ("many", "y"))
    assert (one.materialized, one.observed, one.duration_s) == (("new",), (), 2.5)


def test_retries_add_to_what_was_done() -> None:
    first = run("r1", "a", "b!", "e-", planned="a b c e")
    second = run("r2", "b", "c!", "e-", parent="r1", retry="from_failure", planned="b c e")
    past = past_of([first, second])
    assert done(past) == {"a": "r1", "b": "r2"}
    assert set(past.planned) == {"a", "b", "c", "e"}
    assert past.wiring["b"] == "b of r2"
    assert (past.run_id, past.root_run_id, past.first.run_id) == ("r2", "r1", "r1")
    assert past.unfed == {"e"}
    assert past.done_by("b") == "r2"


def test_selected_steps_are_done_anew_or_not_at_all() -> None:
    first = run("r1", "a", "m[x]", "m[y]", "c", planned="a m c")
    past = past_of([first, run("r2", "m[x]", parent="r1", retry="select", planned="m")])
    assert done(past) == {"a": "r1", "c": "r1", "m[x]": "r2"}
    assert list(past.planned) == ["m"]


def test_a_chain_is_read_from_the_store_up_to_where_it_began() -> None:
    store = MemoryEventStore()
    for events in (
        run("r1", "a", planned="a b"),
        run("r2", "b", parent="r1", retry="all", planned="a b"),
        run("r3", parent="r2", retry="from_failure", planned="a"),
    ):
        store.append(events)
    past = read_past(store, "r3")
    assert done(past) == {"b": "r2"}
    assert past.first.run_id == "r2"
    assert past.root_run_id == "r1"
    with pytest.raises(UnknownRunError, match="there is no run `r9`"):
        read_past(store, "r9")
    store.append(run("r5", parent="r4", retry="from_failure"))
    with pytest.raises(UnknownRunError, match="run `r5` continues a run that is gone: `r4`"):
        read_past(store, "r5")


def test_the_newest_of_a_chain_goes_on_and_repetitions_are_no_part_of_it() -> None:
    def record(run_id: str, parent: str | None = None, retry: str = "from_failure") -> Run:
        made = Run(run_id=run_id, status=RunStatus.FAILURE, started=0, parent_run_id=parent)
        return msgspec.structs.replace(made, retry=retry if parent else "")

    runs = [record("r6", "r4"), record("r5", "r1", "select"), record("r4", "r1"), record("r3", "r1"), record("r1")]
    assert newest_of_chain(runs, "r1") == "r6"
    assert newest_of_chain(runs, "r3") == "r3"
    assert newest_of_chain(runs, "r5") == "r5"


def test_a_copy_is_of_its_template() -> None:
    assert (template_of("graph.add[x]"), template_of("a")) == ("graph.add", "a")
