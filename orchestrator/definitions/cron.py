"""Cron strings: what they say, and when (docs/decisions/0012-automation.md).

A library reads them and counts in the time on the wall; what that means in a time zone is decided here. A schedule for
given hours fires once for each time on the wall: when the gap is over, if the clock jumps over it; the second time, if
the clock shows it twice. One for every hour fires as the hours go by.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from heapq import merge
from itertools import islice, takewhile
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from orchestrator.errors import DefinitionError

_ALIASES = {
    "@yearly": "0 0 1 1 *",
    "@annually": "0 0 1 1 *",
    "@monthly": "0 0 1 * *",
    "@weekly": "0 0 * * 0",
    "@daily": "0 0 * * *",
    "@midnight": "0 0 * * *",
    "@hourly": "0 * * * *",
}
#: The values of each field; of weekdays 7 is 0 again.
_RANGES = (range(60), range(24), range(1, 32), range(1, 13), range(7))
_MONTHS = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")
_WEEKDAYS = ("SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT")
_NAMES: dict[int, dict[str, int]] = {
    3: {name: number for number, name in enumerate(_MONTHS, 1)},
    4: {name: number for number, name in enumerate(_WEEKDAYS)},
}
_RANGE = re.compile(r"(\w+)-(\w+)(?:/(\d+))?")
_HINT = "five fields, as in `0 9 * * 1-5`: minute, hour, day of month, month, day of week; or @hourly, @daily, @weekly"
#: How far back is looked first for the newest ticks, in seconds.
_LOOK_BACK = 3600.0


def check_cron(cron: str) -> None:
    """Check that a cron string can be read and fires some day.

    Raises:
        DefinitionError: it cannot, or never does.
    """
    _wall_times(cron, datetime(2000, 1, 1))  # noqa: DTZ001  a time on the wall


def check_zone(zone: str) -> None:
    """Check that there is a time zone of this name.

    Raises:
        DefinitionError: there is none.
    """
    _zone(zone)


def next_ticks(crons: Sequence[str], zone: str, after: float, count: int) -> list[float]:
    """The next times at which any of some cron strings fires.

    Args:
        crons: the strings.
        zone: the time zone they are meant in; UTC if empty.
        after: seconds since 1970; later than this.
        count: at most so many.

    Raises:
        DefinitionError: a string or the zone cannot be read.
    """
    return list(islice(_ticks(crons, zone, after), count))


def ticks_between(crons: Sequence[str], zone: str, after: float, until: float) -> Iterator[float]:
    """The times at which any of some cron strings fires, later than `after` and not later than `until`.

    Raises:
        DefinitionError: a string or the zone cannot be read.
    """
    return takewhile(lambda tick: tick <= until, _ticks(crons, zone, after))


def newest_ticks(crons: Sequence[str], zone: str, after: float, until: float, count: int) -> list[float]:
    """The last of `ticks_between`, at most `count`, oldest first; a long time without ticks costs little.

    Raises:
        DefinitionError: a string or the zone cannot be read.
    """
    back = _LOOK_BACK
    while True:
        start = max(after, until - back)
        found = list(ticks_between(crons, zone, start, until))
        if len(found) >= count or start <= after:
            return found[-count:] if count else []
        back *= 8


def cron_in_words(cron: str) -> str:
    """What a cron string says, as people would.

    Raises:
        DefinitionError: it cannot be read.
    """
    words: str = _wall_times(cron, datetime(2000, 1, 1)).explain()  # noqa: DTZ001  a time on the wall
    return words[:1].lower() + words[1:]


def _ticks(crons: Sequence[str], zone: str, after: float) -> Iterator[float]:
    where = _zone(zone)
    streams = [
        (_hour_by_hour if _is_every_hour(_fields(cron)[1]) else _on_the_wall)(cron, where, after) for cron in crons
    ]
    return _distinct(merge(*streams))


def _distinct(ticks: Iterable[float]) -> Iterator[float]:
    last = None
    for tick in ticks:
        if tick != last:
            yield tick
        last = tick


def _on_the_wall(cron: str, zone: ZoneInfo, after: float) -> Iterator[float]:
    """Ticks, one for each time on the wall."""
    # the clock will be turned back soon: what it shows then again is still to come
    turned_back = max(0.0, _offset(zone, after) - _offset(zone, after + 86400))
    start = _wall(after, _offset(zone, after) - turned_back)
    for wall in _wall_times(cron, start):
        tick = _instant(wall, zone)
        if tick > after:
            yield tick


def _instant(wall: datetime, zone: ZoneInfo) -> float:
    """When the clock shows a time, the second time if twice; if never, when it jumps over it."""
    instant = wall.replace(tzinfo=zone, fold=1).timestamp()
    if _wall(instant, _offset(zone, instant)) == wall:
        return instant
    return _change_between(zone, instant, wall.replace(tzinfo=zone, fold=0).timestamp())


def _hour_by_hour(cron: str, zone: ZoneInfo, after: float) -> Iterator[float]:
    """Ticks while time goes by, whatever the clock shows."""
    start = after
    while True:
        offset = _offset(zone, start)
        last = start
        # the library gives what is later than its start, and a change of the clock may be a tick itself
        wall_start = _wall(start, offset) - timedelta(seconds=1)
        for wall in _wall_times(cron, wall_start):
            tick = wall.replace(tzinfo=UTC).timestamp() - offset
            if _offset(zone, tick) != offset:
                start = _change_between(zone, last, tick)
                break
            if tick > after:
                yield tick
            last = tick
        else:
            return


def _change_between(zone: ZoneInfo, before: float, later: float) -> float:
    """The first second with another offset than `before`, which `later` has."""
    offset, first = _offset(zone, before), int(before)
    seconds = range(first, int(later) + 1)
    return float(first + bisect_left(seconds, 1, key=lambda second: int(_offset(zone, second) != offset)))


def _offset(zone: ZoneInfo, instant: float) -> float:
    offset = datetime.fromtimestamp(instant, zone).utcoffset()
    assert offset is not None
    return offset.total_seconds()


def _wall(instant: float, offset: float) -> datetime:
    """What a clock shows."""
    return datetime.fromtimestamp(instant + offset, UTC).replace(tzinfo=None)


@lru_cache(maxsize=64)
def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise DefinitionError(
            f"there is no time zone `{name}`",
            hint="as in Europe/Berlin or Asia/Seoul; a machine without a time zone database needs: pip install tzdata",
        ) from None


def _wall_times(cron: str, after: datetime) -> Any:
    """The times on the wall that a cron string means, as the library finds them.

    Raises:
        DefinitionError: it cannot be read, or never fires.
    """
    from cronsim import CronSim, CronSimError  # noqa: PLC0415  only who has a schedule pays for it

    fields = _fields(cron)
    try:
        return CronSim(" ".join(fields), after)
    except CronSimError as error:
        raise DefinitionError(f"`{cron}` is no cron schedule: {str(error).lower()}", hint=_HINT) from None


@lru_cache(maxsize=1024)
def _fields(cron: str) -> tuple[str, ...]:
    """The five fields in the words of the library, which knows neither aliases nor ranges over the end of the week."""
    given = _ALIASES.get(cron.strip().lower(), cron)
    fields = given.upper().split()
    if len(fields) != 5:
        raise DefinitionError(f"`{cron}` is no cron schedule: it has {len(fields)} fields", hint=_HINT)
    fields = ["*" if field in ("?", "*/1") else field for field in fields]
    for place in (2, 4):
        if fields[place].startswith("*/"):  # a day that is of one or the other; a star would mean both
            days = _RANGES[place]
            fields[place] = f"{days[0]}-{days[-1]}{fields[place][1:]}"
    fields = [",".join(_plain(term, place) for term in field.split(",")) for place, field in enumerate(fields)]
    return tuple(fields)


def _plain(term: str, place: int) -> str:
    """A term of a field; of a range that goes over the end, all its values."""
    match = _RANGE.fullmatch(term)
    if match is None:
        return term
    ends = [_NAMES.get(place, {}).get(text, text) for text in match.groups()[:2]]
    if not all(str(end).isdecimal() for end in ends):
        return term
    first, last = map(int, ends)
    values = _RANGES[place]
    if first == last:
        return str(first)  # a step has nowhere to go; the library would take the range for an open one
    if first < last or first not in values or last not in values:
        return term
    both = [*range(first, values[-1] + 1), *range(values[0], last + 1)]
    return ",".join(map(str, both[:: int(match[3] or 1) or 1]))


def _is_every_hour(field: str) -> bool:
    return field in ("*", "0-23")
