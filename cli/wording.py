"""Counts and estimates as people read them."""

from collections.abc import Iterable, Mapping

from orchestrator.planning.plan import RunPlan

from .times import duration


def counted(number: int, noun: str) -> str:
    """A number and what is counted: `1 asset`, `2 assets`."""
    return f"{number} {noun}{'' if number == 1 else 's'}"


def size(count: int) -> str:
    """An amount of memory: `640 KB`, `84 MB`, `1.2 GB`."""
    for unit, bytes_ in (("GB", 1 << 30), ("MB", 1 << 20)):
        if count >= bytes_:
            amount = count / bytes_
            return f"{amount:.1f} {unit}" if amount < 10 else f"{amount:.0f} {unit}"
    return f"{count / 1024:.0f} KB"


def expected_seconds(plan: RunPlan, seconds: Mapping[str, float]) -> dict[str, float | None]:
    """How long each step took before, None where that is not known.

    Args:
        plan: the steps.
        seconds: how long each asset took.
    """
    return {
        step.key: max((seconds[key] for key in step.assets if key in seconds), default=None) for step in plan.pending
    }


def estimate(left: Iterable[float | None], spent: float = 0.0) -> str:
    """How long steps may take, as far as it is known; an empty text where nothing is."""
    times = list(left)
    known = [one for one in times if one is not None]
    if not known:
        return ""
    return f"{'about' if len(known) == len(times) else 'at least'} {duration(max(0.0, sum(known) - spent))}"
