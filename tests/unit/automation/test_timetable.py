"""What is due, over a simulated year, against an independent computation."""

import random
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from msgspec.structs import replace

from orchestrator.automation.timetable import ItemId, Timetable
from orchestrator.errors import SourceRef
from orchestrator.graph.snapshot import LocationSnapshot, ScheduleSnapshot, SensorSnapshot
from orchestrator.runs.ticks import AutomationState

SOURCE = SourceRef("definitions.py", 1)


def schedule(name: str, *crons: str, zone: str = "", status: str = "running") -> ScheduleSnapshot:
    return ScheduleSnapshot(
        name=name, source=SOURCE, crons=crons, timezone=zone, target="job:cakes", default_status=status
    )


def sensor(name: str, interval_s: int, status: str = "running") -> SensorSnapshot:
    return SensorSnapshot(name=name, source=SOURCE, kind="standard", interval_s=interval_s, default_status=status)


def location(*items: ScheduleSnapshot | SensorSnapshot) -> LocationSnapshot:
    return LocationSnapshot(
        name="bakery",
        schedules=tuple(one for one in items if isinstance(one, ScheduleSnapshot)),
        sensors=tuple(one for one in items if isinstance(one, SensorSnapshot)),
    )


def state(name: str, last_tick: float | None = None, status: str = "") -> dict[ItemId, AutomationState]:
    made = AutomationState(location="bakery", name=name, kind="schedule", last_tick=last_tick, status=status)
    return {("bakery", name): made}


def due(table: Timetable, states: dict[ItemId, AutomationState], now: float) -> list[tuple[str, float]]:
    return [(one.item.snapshot.name, one.scheduled) for one in table.due(states, now)]


HOURLY = schedule("hourly", "0 * * * *")


@pytest.mark.parametrize(("catchup", "expected"), [(1, [36000.0]), (3, [28800.0, 32400.0, 36000.0]), (0, [])])
def test_of_missed_ticks_the_newest(catchup: int, expected: list[float]) -> None:
    table = Timetable([location(HOURLY)], catchup)
    assert due(table, state("hourly", 7200.0), 36030.0) == [("hourly", when) for when in expected]


def test_at_its_time_and_not_before_or_again() -> None:
    table = Timetable([location(HOURLY)])
    assert due(table, state("hourly", 0.0), 3599.9) == []
    assert due(table, state("hourly", 0.0), 3600.0) == [("hourly", 3600.0)]
    assert due(table, state("hourly", 3600.0), 3600.0) == []
    assert due(table, state("hourly", 0.0), 3600.0) == [("hourly", 3600.0)]  # what was kept is no answer to that


def test_one_that_was_never_seen_begins_with_this_minute() -> None:
    table = Timetable([location(HOURLY)])
    assert due(table, {}, 3600.0) == due(table, {}, 3659.0) == [("hourly", 3600.0)]
    assert due(table, {}, 3660.0) == []


def test_who_says_that_it_runs() -> None:
    table = Timetable([location(HOURLY, schedule("off", "0 * * * *", status="stopped"))])
    assert due(table, state("hourly", 0.0, "stopped"), 3600.0) == []
    both = state("hourly", 0.0) | state("off", 0.0, "running")
    assert due(table, both, 3600.0) == [("hourly", 3600.0), ("off", 3600.0)]
    assert due(table, state("off", 0.0), 3601.0) == due(table, state("off", 0.0, "stopped"), 3601.0)


def test_sensors_by_their_interval() -> None:
    table = Timetable([location(sensor("look", 30))])
    assert due(table, {}, 5.0) == [("look", 5.0)]
    assert due(table, state("look", 5.0), 34.9) == []
    assert due(table, state("look", 5.0), 35.0) == [("look", 35.0)]
    assert due(table, state("look", 5.0), 95.0) == [("look", 95.0)]


def test_when_something_is_next() -> None:
    table = Timetable([location(HOURLY, sensor("look", 3000))])
    states = state("hourly", 3600.0) | state("look", 4000.0)
    assert table.next_due(states, 4100.0) == 7000.0
    assert table.next_due(states | state("look", 5000.0), 5000.0) == 7200.0
    assert Timetable([location(schedule("off", "* * * * *", status="stopped"))]).next_due({}, 0.0) is None


ZONES = ["UTC", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Seoul", "America/Santiago"]
START, END = datetime(2026, 1, 1, tzinfo=UTC).timestamp(), datetime(2027, 1, 1, tzinfo=UTC).timestamp()


def daily(hour: int, minute: int, zone: str, weekday: int | None, day: int | None) -> list[float]:
    """Each day of the year at a time on the wall: the second one if there are two, the end of the gap if there is none."""
    where, found = ZoneInfo(zone), []
    wall = datetime(2025, 12, 30, hour, minute)  # noqa: DTZ001  a time on the wall
    while wall.isoformat() < "2027-01-03":
        if (weekday is None or wall.isoweekday() % 7 == weekday) and (day is None or wall.day == day):
            instant = wall.replace(tzinfo=where, fold=1).timestamp()
            if datetime.fromtimestamp(instant, where).replace(tzinfo=None) != wall:  # in a gap: go on until it is over
                probe = instant
                while datetime.fromtimestamp(probe, where).replace(tzinfo=None) < wall:
                    probe += 60
                instant = probe
            if START < instant <= END:
                found.append(instant)
        wall += timedelta(days=1)
    return found


def test_a_year_of_200_schedules_and_100_sensors() -> None:
    rng = random.Random(5)
    expected: dict[str, list[float]] = {}
    items: list[ScheduleSnapshot | SensorSnapshot] = []
    for number in range(200):
        name, zone = f"schedule_{number}", rng.choice(ZONES)
        hour, minute = rng.choice([0, 1, 2, 2, 3, 9]), rng.choice([0, 15, 30])
        weekday = rng.randrange(7) if rng.random() < 0.3 else None
        day = rng.randrange(1, 29) if weekday is None and rng.random() < 0.2 else None
        cron = f"{minute} {hour} {'*' if day is None else day} * {'*' if weekday is None else weekday}"
        items.append(schedule(name, cron, zone=zone))
        expected[name] = daily(hour, minute, zone, weekday, day)
    intervals = {f"sensor_{number}": rng.choice([6 * 3600, 86400, 30000 * 60]) for number in range(100)}
    items += [sensor(name, interval) for name, interval in intervals.items()]
    table = Timetable([location(*items)])
    states = {key: replace(item.new_state, last_tick=START) for key, item in table.items.items()}
    ticked: dict[str, list[float]] = {name: [] for name in (*expected, *intervals)}
    now = START
    while (now := table.next_due(states, now) or END + 1) <= END:
        for one in table.due(states, now):
            assert one.scheduled == now
            ticked[one.item.snapshot.name].append(one.scheduled)
            states[one.item.id] = replace(states[one.item.id], last_tick=one.scheduled)
    for name, interval in intervals.items():
        expected[name] = [START + interval * number for number in range(1, int((END - START) // interval) + 1)]
    assert ticked == expected
