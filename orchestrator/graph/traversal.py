"""Walks over a graph given as `{node: neighbours}`: breadth first, iterative, linear in what they reach."""

from collections.abc import Collection, Iterable, Mapping

Neighbours = Mapping[str, tuple[str, ...]]

#: A shortest cycle is looked for from so many nodes of a knot; in a larger one, a short cycle has to do.
_STARTS = 200


def reach(start: Iterable[str], neighbours: Neighbours, depth: int | None = None) -> set[str]:
    """The start nodes and all that can be reached from them in at most `depth` steps (None: any number)."""
    seen = set(start)
    layer: Collection[str] = seen
    while layer and (depth is None or depth > 0):
        reached = {after for node in layer for after in neighbours[node]} - seen
        seen |= reached
        layer = reached
        depth = None if depth is None else depth - 1
    return seen


def in_order(nodes: Collection[str], upstream: Neighbours, downstream: Neighbours) -> tuple[list[str], set[str]]:
    """The nodes, each after those of its upstream that are among them; and those that a cycle keeps from that.

    Among nodes that could come next, the order of `nodes` decides. This is Kahn's algorithm.
    """
    wanted = set(nodes)
    waiting = {node: sum(1 for before in upstream[node] if before in wanted) for node in nodes}
    ready = [node for node, count in waiting.items() if count == 0]
    for node in ready:  # grows while it is read
        for after in downstream[node]:
            if after in wanted:
                waiting[after] -= 1
                if waiting[after] == 0:
                    ready.append(after)
    return ready, wanted.difference(ready) if len(ready) < len(wanted) else set()


def shortest_cycle(nodes: Collection[str], downstream: Neighbours) -> list[str]:
    """A shortest cycle among the nodes, which hold at least one; the first node stands at the end again."""
    import networkx as nx

    graph: nx.DiGraph[str] = nx.DiGraph((node, after) for node in nodes for after in downstream[node] if after in nodes)
    cycles: list[list[str]] = []
    for component in nx.strongly_connected_components(graph):
        if len(component) == 1:
            continue  # no asset depends on itself: that is refused where it is defined
        within = graph.subgraph(component)
        for start in sorted(component)[:_STARTS]:
            back = nx.single_target_shortest_path(within, start)
            cycles += [[start, *back[after]] for after in within[start]]
    return min(cycles, key=lambda cycle: (len(cycle), cycle))
