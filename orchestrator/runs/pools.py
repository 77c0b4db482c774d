"""Places in concurrency pools: what a store keeps of them, and who is next (pure)."""

from collections.abc import Callable, Collection, Iterable
from typing import Protocol

from msgspec import Struct

#: A process of another host that gave no sign of life for so long is taken for dead; in seconds.
LEASE = 60.0
#: Who did not ask for so long is too busy to start a step, and keeps nobody else waiting; in seconds.
ASKED_LATELY = 3.0


class PoolPlace(Struct, frozen=True, kw_only=True):
    """A step that holds a slot of a pool, or waits for one."""

    pool: str
    run_id: str
    step: str
    #: Whether it holds a slot.
    held: bool = False
    #: When it asked first, and when its process last gave a sign of life; seconds since 1970 (UTC).
    since: float
    seen: float
    #: The coordinator of its run.
    host: str = ""
    pid: int = 0
    process_token: str = ""

    @property
    def order(self) -> tuple[float, str, str]:
        """Who waits longest is first."""
        return self.since, self.run_id, self.step


class PoolStore(Protocol):
    """The slots of concurrency pools, for all processes that share a home.

    Every method raises `StoreError` if the store cannot be read or written.
    """

    def claim(self, place: PoolPlace, limit: int, is_gone: Callable[[PoolPlace], bool]) -> bool:
        """Ask for a slot; who asked before and waits is served first.

        Args:
            place: who asks. `seen` is the time now.
            limit: how many slots the pool has.
            is_gone: whether the process of a place is dead; such places are removed.

        Returns:
            Whether it holds a slot now; if not, it has a place in the line.
        """

    def release(self, run_id: str, steps: Collection[str] | None = None) -> None:
        """Give up the places of some steps of a run, or of all of them."""

    def renew(self, run_id: str, now: float) -> None:
        """Say that the process of a run, which holds slots, is alive: `seen` of those is now."""

    def places(self) -> list[PoolPlace]:
        """All places: by pool, holders first, then who waits longest."""


def may_hold(place: PoolPlace, others: Iterable[PoolPlace], limit: int) -> bool:
    """Whether a step may take a slot now.

    Args:
        place: the step; `seen` is the time now.
        others: the other places of the pool, of living processes.
        limit: how many slots the pool has.
    """
    before = [one for one in others if one.held or (one.order < place.order and place.seen - one.seen <= ASKED_LATELY)]
    return len(before) < limit


def in_order(places: Iterable[PoolPlace]) -> list[PoolPlace]:
    """Places by pool, holders first, then who waits longest."""
    return sorted(places, key=lambda one: (one.pool, not one.held, one.order))
