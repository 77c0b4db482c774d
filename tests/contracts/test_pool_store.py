"""What every store of concurrency pools does."""

import threading

import pytest

from orchestrator.runs.pools import ASKED_LATELY, PoolPlace, PoolStore
from orchestrator.runs.store import EventStore


@pytest.fixture
def store(store: EventStore) -> PoolStore:
    return store.pools


def place(step: str, run_id: str = "r1", *, since: float = 1.0, seen: float = 100.0, pool: str = "db") -> PoolPlace:
    owner = {"host": "oven", "pid": 7, "process_token": "t7"}
    return PoolPlace(pool=pool, run_id=run_id, step=step, since=since, seen=seen, **owner)  # type: ignore[arg-type]


def nobody(_: PoolPlace) -> bool:
    return False


def claim(store: PoolStore, one: PoolPlace, limit: int = 1) -> bool:
    return store.claim(one, limit, nobody)


def steps(store: PoolStore) -> list[tuple[str, bool]]:
    return [(one.step, one.held) for one in store.places()]


def test_a_pool_has_as_many_slots_as_its_limit(store: PoolStore) -> None:
    assert [claim(store, place(step), 2) for step in "abc"] == [True, True, False]
    assert steps(store) == [("a", True), ("b", True), ("c", False)]


def test_what_was_said_is_kept(store: PoolStore) -> None:
    claim(store, place("a"))
    assert [(one.host, one.pid, one.process_token, one.since, one.seen) for one in store.places()] == [
        ("oven", 7, "t7", 1.0, 100.0)
    ]


def test_pools_are_apart(store: PoolStore) -> None:
    assert claim(store, place("a"))
    assert claim(store, place("a", pool="api"))
    assert [one.pool for one in store.places()] == ["api", "db"]


def test_a_slot_that_was_given_back_is_free(store: PoolStore) -> None:
    claim(store, place("a"))
    store.release("r2", ("a",))
    assert not claim(store, place("b"))
    store.release("r1", ("a",))
    assert claim(store, place("b"))
    assert steps(store) == [("b", True)]


def test_a_run_gives_everything_back(store: PoolStore) -> None:
    for step in "abc":
        claim(store, place(step), 2)
    claim(store, place("a", "r2"))
    store.release("r1")
    assert [(one.run_id, one.held) for one in store.places()] == [("r2", False)]


def test_who_waits_longest_is_first(store: PoolStore) -> None:
    claim(store, place("a"))
    claim(store, place("late", "r2", since=3.0))
    claim(store, place("early", "r3", since=2.0))
    store.release("r1")
    assert not claim(store, place("late", "r2", since=3.0))
    assert claim(store, place("early", "r3", since=2.0))
    assert steps(store) == [("early", True), ("late", False)]


def test_there_may_be_slots_for_those_behind_too(store: PoolStore) -> None:
    claim(store, place("a"), 2)
    claim(store, place("b"), 2)
    claim(store, place("early", "r3", since=2.0), 2)
    store.release("r1")
    assert claim(store, place("late", "r2", since=3.0), 2)


def test_who_did_not_ask_lately_keeps_nobody_waiting_but_its_place(store: PoolStore) -> None:
    claim(store, place("a"))
    claim(store, place("busy", "r2", since=2.0))
    store.release("r1")
    later = 100.1 + ASKED_LATELY
    assert claim(store, place("b", "r3", since=3.0, seen=later))
    claim(store, place("c", "r4", since=4.0, seen=later))
    store.release("r3")
    assert claim(store, place("busy", "r2", since=2.0, seen=later))


def test_slots_of_the_dead_are_free(store: PoolStore) -> None:
    claim(store, place("a"))
    claim(store, place("b", "r2"))
    claim(store, place("other", pool="api"))
    assert store.claim(place("c", "r3", since=5.0), 1, lambda one: one.run_id in ("r1", "r2"))
    assert [(one.pool, one.step) for one in store.places()] == [("api", "other"), ("db", "c")]


def test_who_asks_is_never_taken_for_dead(store: PoolStore) -> None:
    claim(store, place("a"))
    claim(store, place("b"))
    assert store.claim(place("b"), 1, lambda _: True)


def test_signs_of_life_are_of_those_who_hold(store: PoolStore) -> None:
    claim(store, place("a"))
    claim(store, place("b"))
    claim(store, place("a", "r2", pool="api"))
    store.renew("r1", 200.0)
    assert [(one.run_id, one.step, one.seen) for one in store.places()] == [
        ("r2", "a", 100.0),
        ("r1", "a", 200.0),
        ("r1", "b", 100.0),
    ]


def test_threads_share_the_slots(store: PoolStore) -> None:
    most, now, lock, failures = 0, 0, threading.Lock(), []

    def work(name: str) -> None:
        nonlocal most, now
        try:
            for number in range(20):
                while not claim(store, place(f"{number}", name), 2):
                    pass
                with lock:
                    now += 1
                    most = max(most, now)
                with lock:
                    now -= 1
                store.release(name, (f"{number}",))
        except Exception as error:  # noqa: BLE001
            failures.append(error)

    threads = [threading.Thread(target=work, args=(f"r{name}",)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert most <= 2
    assert store.places() == []
