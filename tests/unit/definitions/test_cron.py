"""Cron strings, against a clock that is read every minute."""

import calendar
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from orchestrator.definitions.cron import (
    check_cron,
    check_zone,
    cron_in_words,
    newest_ticks,
    next_ticks,
    ticks_between,
)
from orchestrator.errors import DefinitionError

#: Zones and a day of each of their two changes: an hour, half an hour, at midnight, none at all.
CHANGES = {
    "Europe/Berlin": ("2026-03-29", "2026-10-25"),
    "America/New_York": ("2026-03-08", "2026-11-01"),
    "Australia/Lord_Howe": ("2026-10-04", "2026-04-05"),
    "America/Santiago": ("2026-09-06", "2026-04-05"),
    "Asia/Beirut": ("2026-03-29", "2026-10-25"),
    "America/Havana": ("2026-03-08", "2026-11-01"),
    "Africa/Casablanca": ("2026-02-15", "2026-03-22"),
    "Asia/Seoul": ("2026-03-29", "2026-10-25"),
    "UTC": ("2026-03-29", "2026-10-25"),
}
WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat", "sun")


# -- the oracle: shares nothing with the code


@lru_cache(maxsize=1000)
def values(field: str, low: int, high: int) -> set[int]:
    found: set[int] = set()
    for term in field.split(","):
        body, _, step = term.partition("/")
        if body == "*":
            first, last = low, high
        elif "-" in body:
            first, last = (int(part) for part in body.split("-"))
        else:
            first, last = int(body), high if step else int(body)
        found.update(range(first, last + 1, int(step or 1)))
    return found


def matches(cron: str, wall: datetime) -> bool:
    minute, hour, day, month, weekday = cron.split()
    if wall.minute not in values(minute, 0, 59) or wall.hour not in values(hour, 0, 23):
        return False
    if wall.month not in values(month, 1, 12):
        return False
    if day == weekday == "*":
        return True
    last = calendar.monthrange(wall.year, wall.month)[1]
    days = {last if text == "L" else None for text in day.split(",")} | {
        one for text in day.split(",") if text != "L" for one in values(text, 1, 31)
    }
    by_day = wall.day in days
    by_weekday = wall.isoweekday() % 7 in {one % 7 for one in values(weekday, 0, 7)}
    if day == "*" or weekday == "*":
        return by_day and by_weekday
    return by_day or by_weekday


@lru_cache(maxsize=64)
def clock(zone: str, start: float, end: float) -> list[tuple[float, datetime]]:
    where = ZoneInfo(zone)
    return [
        (float(instant), datetime.fromtimestamp(instant, where).replace(tzinfo=None))
        for instant in range(int(start), int(end), 60)
    ]


def expected(cron: str, zone: str, start: float, end: float) -> list[float]:
    """Ticks in [start, end); both are far from a change."""
    shown = clock(zone, start, end)
    if cron.split()[1] == "*":
        return [instant for instant, wall in shown if matches(cron, wall)]
    ticks: set[float] = set()
    last_shown = {wall: instant for instant, wall in shown}
    wall, stop = shown[0][1], shown[-1][1]
    while wall <= stop:
        if matches(cron, wall):
            if wall in last_shown:
                ticks.add(last_shown[wall])
            else:
                ticks.add(next(instant for instant, later in shown if later > wall))
        wall += timedelta(minutes=1)
    return sorted(ticks)


def window(zone: str, change: int) -> tuple[float, float]:
    day = datetime.fromisoformat(CHANGES[zone][change]).replace(tzinfo=UTC)
    return (day - timedelta(hours=30)).timestamp(), (day + timedelta(hours=54)).timestamp()


def both(zone: str) -> list[tuple[float, float]]:
    return [window(zone, 0), window(zone, 1)]


CRONS = [
    "* * * * *",
    "0 * * * *",
    "30 * * * *",
    "45 * * * *",
    "*/20 * * * *",
    "7,41 * * * 0",
    "0 0 * * *",
    "30 0 * * *",
    "15 1 * * *",
    "45 1 * * *",
    "0 2 * * *",
    "30 2 * * *",
    "*/30 2 * * *",
    "0 2,3 * * *",
    "*/20 1-3 * * *",
    "15 */2 * * *",
    "0 23 * * *",
    "30 2 * * 0",
    "30 2 28-31 * *",
    "0 0 1,29 * 1",
    "0 0 */2 * 0",
    "0 3 * 3,10 6,7",
    "59 23 L * *",
    "5/15 4 * * *",
]


@pytest.mark.parametrize("zone", CHANGES)
@pytest.mark.parametrize("cron", CRONS)
def test_what_fires_around_a_change_of_the_clock(cron: str, zone: str) -> None:
    for start, end in both(zone):
        assert list(ticks_between([cron], zone, start - 1, end - 1)) == expected(cron, zone, start, end)


def _field(low: int, high: int) -> st.SearchStrategy[str]:
    number = st.integers(low, high)
    pair = st.tuples(number, number).map(sorted)
    term = st.one_of(
        number.map(str),
        pair.map(lambda ends: f"{ends[0]}-{ends[1]}"),
        st.tuples(pair, st.integers(1, 7)).map(lambda one: f"{one[0][0]}-{one[0][1]}/{one[1]}"),
    )
    listed = st.lists(term, min_size=1, max_size=3).map(",".join)
    return st.one_of(st.just("*"), st.integers(2, 9).map(lambda step: f"*/{step}"), listed)


cron_strings = st.builds(
    " ".join,
    st.tuples(_field(0, 59), _field(0, 23), st.one_of(st.just("*"), _field(1, 28)), st.just("*"), _field(0, 6)),
)


@settings(deadline=None, max_examples=60)
@given(cron_strings, st.sampled_from(sorted(CHANGES)), st.sampled_from([0, 1]), st.integers(0, 80 * 60))
def test_any_cron_from_any_moment(cron: str, zone: str, change: int, minutes: int) -> None:
    start, end = window(zone, change)
    if len(values(cron.split()[1], 0, 23)) == 24 and cron.split()[1] != "*":
        return  # every hour, in other words
    after = start + minutes * 60
    all_ticks = expected(cron, zone, start, end)
    later = [tick for tick in all_ticks if after < tick < end]
    assert list(ticks_between([cron], zone, after, end - 1)) == later
    assert next_ticks([cron], zone, after, 3)[: len(later)] == later[:3]
    before = [tick for tick in all_ticks if start <= tick <= after]
    assert newest_ticks([cron], zone, start - 1, after, 2) == before[-2:]


def local(ticks: list[float], zone: str = "UTC") -> list[str]:
    return [datetime.fromtimestamp(tick, ZoneInfo(zone)).isoformat(timespec="minutes") for tick in ticks]


def at(text: str, zone: str = "UTC") -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


def test_a_time_that_does_not_exist_is_when_the_gap_is_over() -> None:
    assert local(next_ticks(["30 2 * * *"], "Europe/Berlin", at("2026-03-28T22:00"), 2), "Europe/Berlin") == [
        "2026-03-29T03:00+02:00",
        "2026-03-30T02:30+02:00",
    ]


def test_a_time_that_is_there_twice_is_the_second() -> None:
    assert local(next_ticks(["30 2 * * *"], "Europe/Berlin", at("2026-10-24T22:00"), 2), "Europe/Berlin") == [
        "2026-10-25T02:30+01:00",
        "2026-10-26T02:30+01:00",
    ]


def test_lists_are_one_schedule() -> None:
    crons = ["0 12 * * *", "@daily", "0 0 * * *"]
    assert local(next_ticks(crons, "", at("2026-11-28T22:00"), 3)) == [
        "2026-11-29T00:00+00:00",
        "2026-11-29T12:00+00:00",
        "2026-11-30T00:00+00:00",
    ]


@pytest.mark.parametrize(
    ("cron", "first"),
    [
        ("0 0 L * *", "2026-11-30T00:00"),
        ("0 0 L 2 *", "2027-02-28T00:00"),
        ("0 0 29 2 *", "2028-02-29T00:00"),
        ("@hourly", "2026-11-28T23:00"),
        ("@weekly", "2026-11-29T00:00"),
        ("@monthly", "2026-12-01T00:00"),
        ("@YEARLY", "2027-01-01T00:00"),
        ("0 0 * JAN sun", "2027-01-03T00:00"),
        ("0 0 ? * 7", "2026-11-29T00:00"),
        ("0 0 * * 1#2", "2026-12-14T00:00"),
        ("0 0 * * fri-mon", "2026-11-29T00:00"),
        ("0 0 * * tue-wed", "2026-12-01T00:00"),
        ("30 23-2 * * *", "2026-11-28T23:30"),
        ("0 0 13 * 5", "2026-12-04T00:00"),
    ],
)
def test_the_first_tick(cron: str, first: str) -> None:
    assert next_ticks([cron], "UTC", at("2026-11-28T22:00"), 1) == [at(first)]


@pytest.mark.parametrize(
    "cron",
    [
        "",
        "0 0 * *",
        "0 0 0 * * *",
        "60 * * * *",
        "0 0 31 2 *",
        "@reboot",
        "H * * * *",
        "soon",
        "0 0 * * 8",
        "*/0 * * * *",
    ],
)
def test_what_is_no_cron_string(cron: str) -> None:
    with pytest.raises(DefinitionError, match="no cron schedule") as caught:
        check_cron(cron)
    assert caught.value.hint


def test_what_is_no_zone() -> None:
    check_zone("Asia/Seoul")
    check_zone("")
    for name in ("Europe/Berlim", "../etc/passwd", "Europe"):
        with pytest.raises(DefinitionError, match="no time zone"):
            check_zone(name)


def test_words() -> None:
    assert cron_in_words("0 9 * * *") == "at 09:00 every day"
    assert cron_in_words("@hourly") == "at the start of every hour"


def test_the_newest_of_many_years_of_minutes() -> None:
    until = at("2026-11-28T22:00")
    assert newest_ticks(["* * * * *"], "Asia/Seoul", 0.0, until, 2) == [until - 60, until]
    assert newest_ticks(["0 0 29 2 *"], "", 0.0, until, 1) == [at("2024-02-29T00:00")]
    assert newest_ticks(["0 0 1 1 *"], "", at("2026-02-01T00:00"), until, 5) == []
