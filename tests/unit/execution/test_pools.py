"""The coordinator's part in concurrency pools, in one process."""

import threading
from pathlib import Path

import pytest

import orchestrator as dg
from orchestrator.compat.dialect import DIALECT
from orchestrator.definitions.dialect import NATIVE, speak
from orchestrator.definitions.tags import pool_of
from orchestrator.execution.liveness import this_process
from orchestrator.execution.pools import Pools, is_gone, limits_of
from orchestrator.instance import Instance
from orchestrator.planning.plan import RunPlan
from orchestrator.runs.events import LogWritten, RunStarted
from orchestrator.runs.pools import LEASE, PoolPlace
from tests.unit.execution.test_pool_lines import step


def test_only_pools_that_are_used_and_limited_count() -> None:
    plan = RunPlan(steps=(step("a", "db"), step("b", "api"), step("c")))
    assert limits_of(plan, {}) == {}
    assert limits_of(plan, {"db": 2, "other": 1}) == {"db": 2}
    assert limits_of(plan, {"db": 2, "*": 1}) == {"db": 2, "api": 1}


def place(host: str, pid: int, token: str, seen: float) -> PoolPlace:
    return PoolPlace(pool="p", run_id="r", step="s", since=1.0, seen=seen, host=host, pid=pid, process_token=token)


def test_who_is_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    me = this_process()
    monkeypatch.setattr("time.time", lambda: 1000.0)
    assert not is_gone(place(*me, 0.0))
    assert is_gone(place(me.host, me.pid, "another start", 1000.0))
    assert is_gone(place(me.host, 2**22 + 1, "1", 1000.0))
    assert not is_gone(place("elsewhere", me.pid, "1", 999.0 - LEASE + 2))
    assert is_gone(place("elsewhere", me.pid, "1", 999.0 - LEASE))


def test_slots_are_given_back_when_a_step_fails_or_is_tried_again() -> None:
    tries = []

    @dg.asset(pool="db", retry_policy=dg.RetryPolicy(max_retries=1))
    def flaky() -> None:
        tries.append(1)
        if len(tries) == 1:
            raise ValueError

    @dg.asset(pool="db")
    def bad() -> None:
        raise ValueError

    @dg.asset(pool="db")
    def good() -> None: ...

    with Instance.ephemeral() as instance:
        instance.pool_limits = {"db": 1}
        dg.materialize([flaky, bad, good], instance=instance, raise_on_error=False)
        assert set(instance.store.materializations()) == {"flaky", "good"}
        assert instance.store.pools.places() == []


def test_two_runs_of_one_process_share_the_slots(tmp_path: Path) -> None:
    inside, most, lock = [], [], threading.Lock()

    def asset(name: str) -> dg.AssetsDefinition:
        @dg.asset(name=name, pool="db")
        def made() -> None:
            with lock:
                inside.append(name)
                most.append(len(inside))
            meeting.wait(0.05)
            with lock:
                inside.remove(name)

        return made

    meeting = threading.Event()
    with Instance.local_temp(str(tmp_path)) as instance:
        instance.pool_limits = {"*": 1}
        runs = [
            threading.Thread(
                target=dg.materialize, args=([asset(f"{run}{n}") for n in range(3)],), kwargs={"instance": instance}
            )
            for run in "ab"
        ]
        for run in runs:
            run.start()
        for run in runs:
            run.join()
        assert len(instance.store.materializations()) == 6
        assert instance.store.pools.places() == []
        logs = [one.event for one in instance.store.events(types=("log",))]
    assert max(most) == 1
    told = [one.step for one in logs if isinstance(one, LogWritten)]
    assert len(told) == len(set(told))


def test_without_limits_the_store_is_not_asked() -> None:
    @dg.asset(pool="db")
    def one() -> None: ...

    @dg.asset
    def plain() -> None: ...

    with Instance.ephemeral() as instance:
        instance.pool_limits = {"api": 1}
        instance.store.pools.claim = None  # type: ignore[method-assign,assignment]
        assert dg.materialize([one, plain], instance=instance).success


def test_closing_twice_is_harmless() -> None:
    with Instance.ephemeral() as instance:
        pools = Pools(instance.store.pools, {"db": 1}, "r", this_process())
        assert pools.claim(step("a", "db"))
        assert not pools.claim(step("b", "db"))
        assert pools.due is not None
        pools.close()
        pools.close()
        assert instance.store.pools.places() == []


def test_the_places_of_a_run_that_died_go_with_it() -> None:
    with Instance.ephemeral() as instance:
        me = this_process()
        dead = {"host": me.host, "pid": 2**22 + 1, "process_token": "1"}
        instance.store.append([RunStarted(run_id="r", timestamp=1.0, **dead)])
        pools = Pools(instance.store.pools, {"db": 1}, "r", me)
        assert pools.claim(step("a", "db"))
        assert instance.mark_dead_runs() == ["r"]
        assert instance.store.pools.places() == []
        pools.close()


def test_a_pool_in_dagsters_dialect() -> None:
    tags = {"dagster/concurrency_key": "api"}
    assert pool_of("db", tags, "`x`") == "db"
    assert pool_of(None, tags, "`x`") == ""
    speak(DIALECT)
    try:
        assert pool_of(None, tags, "`x`") == "api"
        with pytest.raises(dg.DefinitionError, match="is in the pool `db`, and its tag"):
            pool_of("db", tags, "`x`")
    finally:
        speak(NATIVE)
    with pytest.raises(dg.DefinitionError, match="the pool of `x` is called 'a b'"):
        pool_of("a b", {}, "`x`")
