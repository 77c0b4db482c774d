"""Steps of a run that wait for slots of concurrency pools: `RunState` with pools."""

import pytest

from orchestrator.errors import SourceRef
from orchestrator.execution.state import CancelStep, Command, LaunchStep, RunState
from orchestrator.graph.snapshot import Demands
from orchestrator.planning.plan import RunPlan, Step
from orchestrator.runs.events import StepSucceeded
from orchestrator.runs.records import RunStatus, StepStatus


def step(key: str, pool: str = "", priority: int = 0) -> Step:
    demands = Demands(pool=pool) if pool else None
    return Step(key=key, location="l", node=key, source=SourceRef("x.py", 1), demands=demands, priority=priority)


def state(*steps: Step, max_running: int = 2, pools: tuple[str, ...] = ("db",)) -> RunState:
    made = RunState(RunPlan(steps=steps), max_running=max_running)
    made.limit_pools(pools)
    return made


def launched(commands: list[Command]) -> list[str]:
    assert all(isinstance(one, LaunchStep) for one in commands)
    return [one.step.key for one in commands]


def done(one: RunState, key: str) -> list[str]:
    return launched(one.handle(StepSucceeded(run_id="r", timestamp=1.0, step=key, duration_s=1.0)))


def test_who_gets_no_slot_leaves_its_worker_to_others() -> None:
    run = state(step("a", "db"), step("b", "db"), step("c"), step("d"))
    assert launched(run.start()) == ["a", "b"]
    assert launched(run.put_off("b")) == ["c"]
    assert run.status["b"] is StepStatus.PENDING


def test_those_behind_do_not_even_ask() -> None:
    run = state(*(step(key, "db") for key in "abcde"))
    assert launched(run.start()) == ["a", "b"]
    assert launched(run.put_off("b")) == []
    assert launched(run.ask_pool("db")) == ["b"]
    assert launched(run.put_off("b")) == []


def test_they_come_back_in_their_order() -> None:
    run = state(step("a", "db"), step("b", "db"), step("c", "db", priority=5), step("d", "db"), max_running=1)
    assert launched(run.start()) == ["c"]
    assert launched(run.put_off("c")) == []
    order = []
    for _ in range(4):
        (key,) = launched(run.ask_pool("db"))
        order.append(key)
        done(run, key)
    assert order == ["c", "a", "b", "d"]
    assert run.finished


def test_who_asks_again_does_so_once() -> None:
    run = state(step("a", "db"), step("b", "db"), step("busy"), max_running=1)
    assert launched(run.start()) == ["a"]
    assert launched(run.put_off("a")) == ["busy"]
    assert launched(run.ask_pool("db")) == []
    assert launched(run.ask_pool("db")) == []  # no worker is free, and `a` is on its way already
    assert done(run, "busy") == ["a"]
    assert launched(run.put_off("a")) == []
    assert launched(run.ask_pool("db")) == ["a"]


def test_a_pool_with_nobody_in_line_is_asked_at_once() -> None:
    run = state(step("a", "db"), step("b", "db"), max_running=1)
    run.start()
    run.put_off("a")
    assert launched(run.ask_pool("db")) == ["a"]
    assert done(run, "a") == []  # b stands in line
    assert launched(run.ask_pool("db")) == ["b"]
    assert launched(run.ask_pool("db")) == []
    assert done(run, "b") == []
    assert run.finished


def test_pools_do_not_wait_for_each_other() -> None:
    run = state(step("a", "db"), step("b", "api"), step("c", "db"), max_running=1, pools=("db", "api"))
    assert launched(run.start()) == ["a"]
    assert launched(run.put_off("a")) == ["b"]


def test_pools_without_a_limit_are_not_asked() -> None:
    run = state(step("a", "api"), step("b", "db"), max_running=2)
    assert launched(run.start()) == ["a", "b"]
    run.put_off("b")
    assert done(run, "a") == []


@pytest.mark.parametrize("asked_again", [False, True])
def test_cancellation_ends_those_who_wait(asked_again: bool) -> None:
    run = state(step("a", "db"), step("b", "db"), max_running=1)
    run.start()
    run.put_off("a")
    if asked_again:
        run.ask_pool("db")
        run.put_off("a")
    commands = run.cancel()
    assert [type(one) for one in commands] == [CancelStep, CancelStep]
    assert run.finished
    assert run.run_status is RunStatus.CANCELED
