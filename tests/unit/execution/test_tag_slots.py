"""Limits on steps with certain tags: held at every instant, and nothing starves."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from orchestrator.errors import ErrorInfo, SourceRef
from orchestrator.execution.state import Command, LaunchStep, RunState
from orchestrator.execution.tag_slots import TagLimit, TagSlots
from orchestrator.graph.snapshot import Demands
from orchestrator.planning.plan import RunPlan, Step
from orchestrator.runs.events import StepFailed, StepSucceeded, StepUpForRetry
from orchestrator.runs.records import StepStatus

HERE = SourceRef("x.py", 1)
_KEYS = ("db", "api", "gpu")
_VALUES = ("a", "b")


def step(name: str, tags: dict[str, str] | None, upstream: tuple[str, ...] = (), priority: int = 0) -> Step:
    demands = None if tags is None else Demands(tags=tags)
    return Step(key=name, location="l", node=name, source=HERE, upstream=upstream, demands=demands, priority=priority)


def test_a_step_takes_slots_of_all_its_limits_or_of_none() -> None:
    slots = TagSlots([TagLimit(key="db", limit=1), TagLimit(key="api", limit=1)])
    only_db, only_api, both = step("d", {"db": "x"}), step("a", {"api": "x"}), step("b", {"db": "y", "api": "y"})
    assert slots.take(only_db)
    assert not slots.take(both)
    assert slots.take(only_api)  # `both` took no slot of `api` while it waited for `db`
    assert slots.give_back(only_api) == []
    assert slots.give_back(only_db) == ["b"]
    assert slots.take(both)


def test_a_limit_may_be_about_one_value_or_about_each() -> None:
    one = TagSlots([TagLimit(key="db", value="a", limit=1)])
    assert one.take(step("1", {"db": "a"}))
    assert one.take(step("2", {"db": "b"}))
    assert not one.take(step("3", {"db": "a"}))
    each = TagSlots([TagLimit(key="db", per_value=True, limit=1)])
    assert each.take(step("1", {"db": "a"}))
    assert each.take(step("2", {"db": "b"}))
    assert not each.take(step("3", {"db": "b"}))
    assert each.give_back(step("2", {"db": "b"})) == ["3"]


def test_a_step_without_tags_is_not_held_up() -> None:
    slots = TagSlots([TagLimit(key="db", limit=1)])
    assert slots.take(step("1", {"db": "a"}))
    assert slots.take(step("2", None))
    assert slots.take(step("3", {"other": "a"}))


_tags = st.none() | st.dictionaries(st.sampled_from(_KEYS), st.sampled_from(_VALUES), max_size=3)
_limits = st.lists(
    st.builds(
        TagLimit,
        key=st.sampled_from(_KEYS),
        value=st.none() | st.sampled_from(_VALUES),
        per_value=st.booleans(),
        limit=st.integers(1, 3),
    ),
    min_size=1,
    max_size=4,
)


@st.composite
def _plans(draw: Any) -> RunPlan:
    steps: list[Step] = []
    for number in range(draw(st.integers(1, 15))):
        upstream = draw(st.lists(st.sampled_from([one.key for one in steps]), unique=True, max_size=2)) if steps else []
        steps.append(step(f"s{number}", draw(_tags), tuple(upstream), draw(st.integers(-1, 1))))
    return RunPlan(steps=tuple(steps))


def held(limit: TagLimit, running: dict[str, Step]) -> dict[str, int]:
    """How many of the running steps a limit is about, by value where it is about each."""
    counts: dict[str, int] = {}
    for one in running.values():
        value = (one.demands.tags if one.demands else {}).get(limit.key)
        if value is not None and limit.value in (None, value):
            name = value if limit.per_value else ""
            counts[name] = counts.get(name, 0) + 1
    return counts


@given(plan=_plans(), limits=_limits, max_running=st.integers(1, 6), data=st.data())
def test_limits_hold_and_every_step_ends(plan: RunPlan, limits: list[TagLimit], max_running: int, data: Any) -> None:
    state = RunState(plan, max_running=max_running, tag_limits=limits)
    running: dict[str, Step] = {}
    retries = {one.key: 1 for one in plan.steps}

    def note(commands: list[Command]) -> None:
        for command in commands:
            if isinstance(command, LaunchStep):
                assert command.step.key not in running
                running[command.step.key] = command.step
        assert len(running) <= max_running
        for limit in limits:
            assert all(count <= limit.limit for count in held(limit, running).values())

    note(state.start())
    while not state.finished:
        assert running, "nothing runs, and not everything has ended"
        key = data.draw(st.sampled_from(sorted(running)))
        del running[key]
        common: dict[str, Any] = {"run_id": "r", "timestamp": 0, "step": key, "duration_s": 0}
        end = data.draw(st.sampled_from(["well", "badly", "again"] if retries[key] else ["well", "badly"]))
        if end == "well":
            note(state.handle(StepSucceeded(**common)))
        elif end == "badly":
            note(state.handle(StepFailed(**common, error=ErrorInfo(type="E", message="m"))))
        else:
            retries[key] -= 1
            note(state.handle(StepUpForRetry(**common, error=ErrorInfo(type="E", message="m"))))
    assert not running
    assert StepStatus.PENDING not in state.status.values()
    assert StepStatus.RUNNING not in state.status.values()


@given(plan=_plans(), limits=_limits, max_running=st.integers(2, 6))
def test_no_slot_is_left_free_while_somebody_waits_for_it(
    plan: RunPlan, limits: list[TagLimit], max_running: int
) -> None:
    state = RunState(plan, max_running=max_running, tag_limits=limits)
    running = {one.step.key: one.step for one in state.start() if isinstance(one, LaunchStep)}
    if len(running) < max_running:
        for one in plan.steps:
            if not one.upstream and one.key not in running:
                full = [
                    limit
                    for limit in limits
                    if max(held(limit, {**running, one.key: one}).values(), default=0) > limit.limit
                ]
                assert full, f"{one.key} could run"
