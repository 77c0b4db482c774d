"""Which schedules and sensors are due (docs/decisions/0012-automation.md)."""

from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from orchestrator.definitions.cron import newest_ticks, next_ticks
from orchestrator.graph.snapshot import LocationSnapshot, ScheduleSnapshot, SensorSnapshot
from orchestrator.runs.ticks import AutomationState

#: Of the ticks that were missed, so many are caught up: the newest.
MAX_CATCHUP = 1
_MINUTE = 60.0
_NEVER = float("inf")

#: Location and name.
ItemId = tuple[str, str]


class Item(Struct, frozen=True):
    """A schedule or sensor of a code location."""

    location: str
    snapshot: ScheduleSnapshot | SensorSnapshot

    @property
    def id(self) -> ItemId:
        """Location and name."""
        return self.location, self.snapshot.name

    @property
    def kind(self) -> str:
        """`schedule` or `sensor`."""
        return "schedule" if isinstance(self.snapshot, ScheduleSnapshot) else "sensor"

    @property
    def new_state(self) -> AutomationState:
        """Its state before anything has happened."""
        return AutomationState(location=self.location, name=self.snapshot.name, kind=self.kind)


class DueTick(Struct, frozen=True):
    """A schedule or sensor that is to be evaluated."""

    item: Item
    #: For when: the scheduled time of a schedule, the present of a sensor.
    scheduled: float


class Timetable:
    """All schedules and sensors of a workspace against the time.

    When a schedule fires next is kept, so that to ask again and again costs little.

    Args:
        locations: what they define.
        max_catchup: how many ticks that were missed are caught up, of each schedule: the newest.
    """

    def __init__(self, locations: Iterable[LocationSnapshot], max_catchup: int = MAX_CATCHUP) -> None:
        self.items: Mapping[ItemId, Item] = {item.id: item for item in _items(locations)}
        self._max_catchup = max_catchup
        #: From when a schedule was asked, and its first tick after that.
        self._next: dict[ItemId, tuple[float, float]] = {}
        #: A state that was asked about, and from when on something is due by it.
        self._known: dict[ItemId, tuple[AutomationState, float]] = {}

    def due(self, states: Mapping[ItemId, AutomationState], now: float) -> list[DueTick]:
        """What is to be evaluated now: the schedules by the time they are for, then the sensors."""
        found = [
            DueTick(item, scheduled)
            for key, item in self.items.items()
            if self._due_at(item, states.get(key), now) <= now
            for scheduled in self._ticks(item, states.get(key), now)
        ]
        return sorted(found, key=lambda one: (one.item.kind, one.scheduled))

    def next_due(self, states: Mapping[ItemId, AutomationState], now: float) -> float | None:
        """When something is due next, if the states stay as they are; None if nothing ever is."""
        first = min((self._due_at(item, states.get(key), now) for key, item in self.items.items()), default=_NEVER)
        return None if first == _NEVER else first

    def _due_at(self, item: Item, state: AutomationState | None, now: float) -> float:
        """From when on there is something to evaluate."""
        if state is None or state.last_tick is None:
            return self._found_due_at(item, state, now)
        known = self._known.get(item.id)
        if known is None or known[0] != state:
            known = self._known[item.id] = (state, self._found_due_at(item, state, now))
        return known[1]

    def _found_due_at(self, item: Item, state: AutomationState | None, now: float) -> float:
        if not is_running(item, state):
            return _NEVER
        if isinstance(item.snapshot, SensorSnapshot):
            return _sensor_due(item.snapshot, state, now)
        return self._first_after(item, _position(state, now))

    def _ticks(self, item: Item, state: AutomationState | None, now: float) -> list[float]:
        snapshot = item.snapshot
        if isinstance(snapshot, SensorSnapshot):
            return [now]
        after = _position(state, now)
        first = self._first_after(item, after)
        if self._max_catchup and self._first_after(item, first) > now:
            return [first]  # nothing was missed
        return newest_ticks(snapshot.crons, snapshot.timezone, after, now, self._max_catchup)

    def _first_after(self, item: Item, after: float) -> float:
        asked, tick = self._next.get(item.id, (None, 0.0))
        if asked is None or not asked <= after < tick:
            snapshot = item.snapshot
            assert isinstance(snapshot, ScheduleSnapshot)
            found = next_ticks(snapshot.crons, snapshot.timezone, after, 1)
            tick = found[0] if found else _NEVER
            self._next[item.id] = (after, tick)
        return tick


def is_running(item: Item, state: AutomationState | None) -> bool:
    """Whether a schedule or sensor is evaluated: what somebody said, else what its definition says."""
    return ((state.status if state else "") or item.snapshot.default_status) == "running"


def _position(state: AutomationState | None, now: float) -> float:
    """Later than which a schedule is due. One that was never seen begins with the minute that it is."""
    if state is None or state.last_tick is None:
        return now // _MINUTE * _MINUTE - 1
    return state.last_tick


def _sensor_due(snapshot: SensorSnapshot, state: AutomationState | None, now: float) -> float:
    return now if state is None or state.last_tick is None else state.last_tick + snapshot.interval_s


def _items(locations: Iterable[LocationSnapshot]) -> Iterator[Item]:
    for location in locations:
        yield from (Item(location.name, one) for one in location.schedules)
        yield from (Item(location.name, one) for one in location.sensors)
