"""The slots of concurrency pools in memory."""

import threading
from collections.abc import Callable, Collection

import msgspec

from orchestrator.runs.pools import PoolPlace, in_order, may_hold

_Id = tuple[str, str, str]


class MemoryPoolStore:
    """A `PoolStore` that is gone with the process."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._places: dict[_Id, PoolPlace] = {}

    def claim(self, place: PoolPlace, limit: int, is_gone: Callable[[PoolPlace], bool]) -> bool:
        """Ask for a slot; see `PoolStore.claim`."""
        with self._lock:
            self._places.pop(_id(place), None)
            others = [one for one in self._places.values() if one.pool == place.pool]
            for one in [one for one in others if is_gone(one)]:
                del self._places[_id(one)]
                others.remove(one)
            held = may_hold(place, others, limit)
            self._places[_id(place)] = msgspec.structs.replace(place, held=held)
        return held

    def release(self, run_id: str, steps: Collection[str] | None = None) -> None:
        """Give up the places of some steps of a run, or of all of them."""
        with self._lock:
            for one in list(self._places.values()):
                if one.run_id == run_id and (steps is None or one.step in steps):
                    del self._places[_id(one)]

    def renew(self, run_id: str, now: float) -> None:
        """Say that the process of a run, which holds slots, is alive."""
        with self._lock:
            for key, one in self._places.items():
                if one.run_id == run_id and one.held:
                    self._places[key] = msgspec.structs.replace(one, seen=now)

    def places(self) -> list[PoolPlace]:
        """All places; see `PoolStore.places`."""
        with self._lock:
            return in_order(self._places.values())


def _id(place: PoolPlace) -> _Id:
    return place.pool, place.run_id, place.step
