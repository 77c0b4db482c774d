"""The bakery's helpers. The analytics location has a `helpers` of its own; the two never meet."""

from collections import Counter

OVEN_LOSS = 0.12  # of a dough's weight is water that leaves in the oven


def total_weight(grams: dict[str, int]) -> int:
    return sum(grams.values())


def shopping_list(recipes: list[dict]) -> dict[str, int]:
    """Grams of each ingredient for a day, most first."""
    needed: Counter[str] = Counter()
    for recipe in recipes:
        for ingredient, grams in recipe["grams"].items():
            needed[ingredient] += grams * recipe["per_day"]
    return dict(needed.most_common())
