"""The analysts' helpers. The bakery has a `helpers` of its own; the two never meet."""

from collections import Counter


def share_by_type(cakes: list[dict]) -> dict[str, float]:
    """Each type's share of all cakes, in percent, largest first."""
    counts: Counter[str] = Counter()
    for cake in cakes:
        counts[cake["type"]] += cake["count"]
    return {kind: round(100 * count / counts.total(), 1) for kind, count in counts.most_common()}
