"""Which of the requests that wait may run now (pure)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from msgspec import Struct

from orchestrator.runs.ticks import RunRequestRecord


class QueueLimits(Struct, frozen=True, kw_only=True):
    """How many requested runs go on at once."""

    #: In all.
    runs: int = 4
    #: By what they are about: `job:NAME`, `location:NAME`, `tag:KEY` or `tag:KEY=VALUE`.
    named: Mapping[str, int] = {}


def admitted(
    waiting: Iterable[RunRequestRecord], running: Iterable[RunRequestRecord], limits: QueueLimits
) -> list[RunRequestRecord]:
    """The requests that may run now, the oldest first. One that may not keeps nobody behind it waiting."""
    counts: Counter[str] = Counter()
    total = 0
    for one in running:
        counts.update(_names(one))
        total += 1
    chosen = []
    for one in waiting:
        if total >= limits.runs:
            break
        names = list(_names(one))
        if all(counts[name] < limits.named.get(name, total + 1) for name in names):
            chosen.append(one)
            counts.update(names)
            total += 1
    return chosen


def _names(request: RunRequestRecord) -> Iterator[str]:
    yield f"location:{request.location}"
    if request.request.job:
        yield f"job:{request.request.job}"
    for key, value in request.request.tags.items():
        yield f"tag:{key}"
        yield f"tag:{key}={value}"
