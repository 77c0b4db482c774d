"""Counts and estimates as people read them."""

from orchestrator.reports.forecast import TimeLeft

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


def time_left(left: TimeLeft | None) -> str:
    """How long a run will go on, as far as it is known; an empty text where nothing is."""
    if left is None:
        return ""
    return f"{'about' if left.whole else 'at least'} {duration(left.seconds)}"
