"""In which order steps that become ready at once are run: by name, and where graphs are nested, level by level.

A step in a graph may be ready long before what the graph as a whole waits for. It is run when it would be if it waited, as
in Dagster: nodes of one graph come by their level, the length of the longest way to them, and then by name.
"""

from collections.abc import Callable, Mapping
from graphlib import CycleError, TopologicalSorter
from typing import Any

from orchestrator.planning.plan import Step

#: A node: the names of the graphs around it, and its own.
_Place = tuple[str, ...]


def order_of_steps(steps: Mapping[str, Step]) -> Callable[[str], Any]:
    """What to sort the keys of steps by."""
    if not any("." in step.path or (step.path and not step.in_job) for step in steps.values()):
        return str
    places = {key: _place(step) for key, step in steps.items()}
    levels = _levels(steps, places)
    order = {
        key: tuple((levels.get(place[: depth + 1], 0), name) for depth, name in enumerate(place))
        for key, place in places.items()
    }
    return order.__getitem__


def _place(step: Step) -> _Place:
    path = tuple(step.path.split(".")) if step.path else ()
    if step.in_job:
        return path
    return (step.key.removesuffix(f".{step.path}") if step.path else step.key, *path)


def _levels(steps: Mapping[str, Step], places: Mapping[str, _Place]) -> Mapping[_Place, int]:
    before: dict[_Place, set[_Place]] = {}
    for key, step in steps.items():
        for upstream in step.upstream:
            one, other = places[key], places[upstream]
            depth = next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), None)
            if depth is not None:
                before.setdefault(one[: depth + 1], set()).add(other[: depth + 1])
    levels: dict[_Place, int] = {}
    try:
        for place in TopologicalSorter(before).static_order():
            levels[place] = max((levels[one] + 1 for one in before.get(place, ())), default=0)
    except CycleError:  # two graphs take from each other: whose steps come first says nothing
        return {}
    return levels
