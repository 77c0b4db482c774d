"""What every store of the books of automation does."""

import threading

import pytest
from msgspec.structs import replace

from orchestrator.runs.records import Coordinator
from orchestrator.runs.requests import RunRequestData
from orchestrator.runs.store import EventStore
from orchestrator.runs.ticks import KEEP_SKIPPED, AutomationState, TickRecord, TickStore

NOBODY = AutomationState(location="bakery", name="bake", kind="schedule")
SENSOR = AutomationState(location="bakery", name="look", kind="sensor")
ME = Coordinator(host="oven", pid=7, process_token="t7")


@pytest.fixture
def ticks(store: EventStore) -> TickStore:
    return store.ticks


def tick(scheduled: float, of: AutomationState = NOBODY, status: str = "requested", **more: object) -> TickRecord:
    given = {"id": f"{of.name}-{scheduled}", "started": scheduled, "ended": scheduled + 1, **more}
    return TickRecord(
        location=of.location,
        name=of.name,
        kind=of.kind,
        scheduled=scheduled,
        status=status,
        **given,  # type: ignore[arg-type]
    )


def asked(*keys: str | None) -> list[RunRequestData]:
    return [
        RunRequestData(run_key=key, job="cakes", tags={"a": "b"}, run_config={"ops": {"x": {"config": {"n": 1}}}})
        for key in keys
    ]


def test_a_tick_and_all_that_comes_of_it(ticks: TickStore) -> None:
    after = replace(NOBODY, last_tick=60.0, last_run_key="k")
    recorded = ticks.record(tick(60.0), asked("k", None), NOBODY, after)
    assert recorded == tick(60.0, requests=2)
    assert ticks.ticks("bakery", "bake", 5) == [recorded]
    assert ticks.states() == [after]
    first, second = ticks.requests(status="queued")
    assert (first.run_key, second.run_key, first.tick_id) == ("k", None, "bake-60.0")
    assert first.request == asked("k")[0]
    assert len({first.run_id, second.run_id, first.id, second.id}) == 4
    assert ticks.request(first.id) == first
    assert ticks.request("x") is None


def test_no_second_tick_of_a_schedule_at_one_time(ticks: TickStore) -> None:
    after = replace(NOBODY, last_tick=60.0)
    ticks.record(tick(60.0), asked(None), NOBODY, after)
    assert ticks.record(tick(60.0, id="again"), asked(None), after, replace(after, last_tick=61.0)) is None
    assert len(ticks.requests()) == len(ticks.ticks("bakery", "bake", 9)) == 1
    assert ticks.states() == [after]


def test_who_read_an_older_state_records_nothing(ticks: TickStore) -> None:
    one = replace(SENSOR, last_tick=60.0, cursor="1")
    assert ticks.record(tick(60.0, SENSOR), asked(None), SENSOR, one)
    assert ticks.record(tick(61.0, SENSOR), asked(None), SENSOR, replace(SENSOR, last_tick=61.0, cursor="1")) is None
    assert len(ticks.requests()) == 1
    assert ticks.states() == [one]
    assert ticks.record(tick(90.0, SENSOR), asked(None), one, replace(one, last_tick=90.0, cursor="2"))
    assert [one.scheduled for one in ticks.ticks("bakery", "look", 9)] == [90.0, 60.0]
    assert [one.scheduled for one in ticks.ticks("bakery", "look", 1)] == [90.0]


def test_run_keys_are_used_once_for_ever(ticks: TickStore) -> None:
    one = replace(SENSOR, last_tick=1.0)
    assert ticks.record(tick(1.0, SENSOR), asked("a", "a", "b"), SENSOR, one) == tick(1.0, SENSOR, requests=2)
    for request in ticks.requests():
        ticks.note_done(request.id)
    two = replace(one, last_tick=1e9)
    assert ticks.record(tick(1e9, SENSOR), asked("b", "c", "a"), one, two) == tick(1e9, SENSOR, requests=1)
    three = replace(two, last_tick=2e9)
    nothing = ticks.record(tick(2e9, SENSOR), asked("c"), two, three)
    assert nothing is not None
    assert (nothing.status, nothing.requests) == ("skipped", 0)
    assert [one.run_key for one in ticks.requests()] == ["a", "b", "c"]
    assert ticks.states() == [three]


def test_run_keys_of_others_are_their_own(ticks: TickStore) -> None:
    for other in (SENSOR, replace(SENSOR, name="other"), replace(SENSOR, location="other")):
        assert ticks.record(tick(1.0, other, id=str(other)), asked("a"), other, replace(other, last_tick=1.0))
    assert len(ticks.requests()) == 3


def test_what_is_said_of_the_status_stays(ticks: TickStore) -> None:
    ticks.set_status("bakery", "bake", "schedule", "running")
    stopped = replace(NOBODY, status="running")
    assert ticks.states() == [stopped]
    ticks.record(tick(60.0), [], stopped, replace(NOBODY, status="stopped", last_tick=60.0))
    assert ticks.states() == [replace(NOBODY, status="running", last_tick=60.0)]
    ticks.set_status("bakery", "bake", "schedule", "")
    assert ticks.states() == [replace(NOBODY, last_tick=60.0)]


def test_from_when_on_something_is_due(ticks: TickStore) -> None:
    ticks.note_seen("bakery", "bake", "schedule", 50.0)
    ticks.note_seen("bakery", "bake", "schedule", 60.0)
    assert ticks.states() == [replace(NOBODY, last_tick=50.0)]
    ticks.set_status("bakery", "bake", "schedule", "stopped")
    assert ticks.states() == [replace(NOBODY, status="stopped", last_tick=50.0)]
    ticks.set_status("bakery", "bake", "schedule", "running", 70.0)
    assert ticks.states() == [replace(NOBODY, status="running", last_tick=70.0)]
    ticks.set_status("bakery", "look", "sensor", "running")
    ticks.note_seen("bakery", "look", "sensor", 80.0)
    assert ticks.states()[1] == replace(SENSOR, status="running", last_tick=80.0)


def test_skipped_ticks_of_sensors_are_forgotten_in_time(ticks: TickStore) -> None:
    state, later = SENSOR, KEEP_SKIPPED + 100
    for number, (when, status) in enumerate([(1.0, "skipped"), (2.0, "failed"), (90.0, "skipped"), (later, "skipped")]):
        after = replace(state, last_tick=when)
        ticks.record(tick(when, SENSOR, status, id=str(number)), [], state, after)
        state = after
    assert [one.scheduled for one in ticks.ticks("bakery", "look", 9)] == [later, 2.0]


def test_a_request_is_taken_once(ticks: TickStore) -> None:
    ticks.record(tick(60.0), asked(None, None), NOBODY, replace(NOBODY, last_tick=60.0))
    one, other = ticks.requests()
    assert ticks.note_launched(one.id, 0, ME)
    assert not ticks.note_launched(one.id, 0, ME)
    assert not ticks.note_launched(one.id, 1, ME)
    assert not ticks.note_launched("unknown", 0, ME)
    (taken,) = ticks.requests(status="launched")
    assert (taken.id, taken.attempts, taken.host, taken.pid, taken.process_token) == (one.id, 1, "oven", 7, "t7")
    assert [request.id for request in ticks.requests(status="queued")] == [other.id]
    assert [request.id for request in ticks.requests(tick_id="bake-60.0")] == [one.id, other.id]


def test_a_request_whose_process_died_is_put_back(ticks: TickStore) -> None:
    ticks.record(tick(60.0), asked(None), NOBODY, replace(NOBODY, last_tick=60.0))
    (one,) = ticks.requests()
    assert not ticks.note_queued(one.id, 0)
    assert ticks.note_launched(one.id, 0, ME)
    assert ticks.note_queued(one.id, 1)
    assert not ticks.note_launched(one.id, 0, ME)  # who read it before that is too late
    assert ticks.note_launched(one.id, 1, ME)
    assert not ticks.note_queued(one.id, 1)
    ticks.note_done(one.id)
    assert [request.status for request in ticks.requests()] == ["done"]
    ticks.note_done(one.id, dropped="no such job")
    assert [(request.status, request.message) for request in ticks.requests()] == [("dropped", "no such job")]


def test_a_lease_has_one_holder_until_it_expires(ticks: TickStore) -> None:
    assert ticks.lease("automation", "a", 100.0, 10.0) == "a"
    assert ticks.lease("automation", "b", 109.0, 10.0) == "a"
    assert ticks.lease("automation", "a", 109.0, 10.0) == "a"
    assert ticks.lease("automation", "b", 118.0, 10.0) == "a"
    assert ticks.lease("other", "b", 118.0, 10.0) == "b"
    assert ticks.lease("automation", "b", 119.0, 10.0) == "b"
    ticks.release("automation", "a")
    assert ticks.lease("automation", "a", 120.0, 10.0) == "b"
    ticks.release("automation", "b")
    assert ticks.lease("automation", "a", 120.0, 10.0) == "a"


def test_of_many_at_once_one_records(ticks: TickStore) -> None:
    won, barrier = [], threading.Barrier(6)

    def work(number: int) -> None:
        barrier.wait()
        one = tick(60.0, SENSOR, id=str(number))
        if ticks.record(one, asked(None), SENSOR, replace(SENSOR, last_tick=60.0 + number)):
            won.append(number)

    threads = [threading.Thread(target=work, args=(number,)) for number in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(won) == len(ticks.requests()) == len(ticks.ticks("bakery", "look", 9)) == 1
