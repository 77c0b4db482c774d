"""How many steps with certain tags may run at once (pure)."""

from collections.abc import Iterator, Sequence

from msgspec import Struct

from orchestrator.planning.plan import Step


class TagLimit(Struct, frozen=True, kw_only=True):
    """How many steps with a tag may run at once."""

    key: str
    #: Only steps with this value; any if left out.
    value: str | None = None
    #: Whether the limit holds for each value on its own.
    per_value: bool = False
    limit: int


class TagSlots:
    """The slots that tags have, who holds them and who waits for one.

    Args:
        limits: all hold at once.
    """

    def __init__(self, limits: Sequence[TagLimit]) -> None:
        self._limits = limits
        self._taken: dict[tuple[int, str], int] = {}
        self._waiting: dict[tuple[int, str], list[str]] = {}

    def take(self, step: Step) -> bool:
        """Take a slot of every limit that is about a step; if one has none left, take none and note that it waits."""
        slots = list(self._slots(step))
        for slot in slots:
            if self._taken.get(slot, 0) >= self._limits[slot[0]].limit:
                self._waiting.setdefault(slot, []).append(step.key)
                return False
        for slot in slots:
            self._taken[slot] = self._taken.get(slot, 0) + 1
        return True

    def give_back(self, step: Step) -> list[str]:
        """Give back the slots of a step that ended; returns the steps that waited for one of them."""
        freed: list[str] = []
        for slot in self._slots(step):
            self._taken[slot] -= 1
            freed += self._waiting.pop(slot, ())
        return freed

    def _slots(self, step: Step) -> Iterator[tuple[int, str]]:
        if step.demands is None:
            return
        for place, limit in enumerate(self._limits):
            value = step.demands.tags.get(limit.key)
            if value is not None and limit.value in (None, value):
                yield place, value if limit.per_value else ""
