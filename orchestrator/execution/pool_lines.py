"""Who of a run waits for a slot of a concurrency pool (pure).

Only the first of each line asks for a slot, so that any number of steps that wait cost no more than one.
"""

import heapq
from collections.abc import Collection

from orchestrator.planning.plan import Step

#: A step that could run: how urgent, its number, its key; the least is first.
_Entry = tuple[int, int, str]


class PoolLines:
    """The lines of the pools that have a limit.

    Args:
        pools: their names.
    """

    def __init__(self, pools: Collection[str]) -> None:
        self._lines: dict[str, list[_Entry]] = {pool: [] for pool in pools}
        #: The pools that had no slot when they were asked last.
        self._full: set[str] = set()
        #: By pool that is full, the step that left the line to ask again.
        self._first: dict[str, str] = {}
        #: Where the steps stood that asked and were not answered yet.
        self._asked: dict[str, _Entry] = {}

    def may_ask(self, entry: _Entry, step: Step) -> bool:
        """Whether a step may be launched, to ask for a slot; if not, it is put in the line of its pool."""
        pool = _pool_of(step)
        if pool not in self._lines:
            return True
        if self._first.get(pool) == step.key:
            del self._first[pool]
        elif pool in self._full:
            heapq.heappush(self._lines[pool], entry)
            return False
        self._asked[step.key] = entry
        return True

    def put_off(self, step: Step) -> None:
        """There was no slot: the step goes back to its place in the line."""
        pool = _pool_of(step)
        self._full.add(pool)
        heapq.heappush(self._lines[pool], self._asked.pop(step.key))

    def next_of(self, pool: str) -> _Entry | None:
        """The first in the line of a pool, which may ask now; None if nobody waits, or the first asks already."""
        if pool in self._first:
            return None
        if not self._lines[pool]:
            self._full.discard(pool)
            return None
        entry = heapq.heappop(self._lines[pool])
        self._first[pool] = entry[2]
        return entry


def _pool_of(step: Step) -> str:
    return "" if step.demands is None else step.demands.pool
