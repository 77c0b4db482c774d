"""Functions that make several assets, and are called more than once because others come between them.

    a -> b -> c, where one function makes a and c: it makes a, then b is made, then it makes c

Only a function that may be asked for a part of its assets is split; another one is in a circle with what is between.
"""

from collections.abc import Collection, Mapping, Sequence

from orchestrator.graph.asset_graph import AssetGraph

#: A location, and a node of it.
NodeId = tuple[str, str]


def split_in_parts(
    graph: AssetGraph, chosen: Mapping[NodeId, Sequence[str]]
) -> list[tuple[NodeId, int, Sequence[str]]]:
    """The nodes of a run with the assets they make, each as often as it must be called, numbered from 0."""
    parts: list[tuple[NodeId, int, Sequence[str]]] = []
    everything: set[str] = set()
    for node_id, made in chosen.items():
        node = graph.assets[made[0]].node
        if len(made) < 2 or node is None or not node.can_subset or node.graph is not None:
            parts.append((node_id, 0, made))
            continue
        everything = everything or {key for keys in chosen.values() for key in keys}
        parts += [(node_id, number, keys) for number, keys in enumerate(_layers(graph, made, everything))]
    return parts


def _layers(graph: AssetGraph, made: Sequence[str], everything: Collection[str]) -> list[list[str]]:
    """The assets of a node, in the order of its calls: those that can be made by the first, and so on."""
    own = set(made)
    below = graph.down(own) & set(everything)
    layers: list[list[str]] = []
    #: How many calls of the node are over before an asset can be made.
    calls: dict[str, int] = {}
    for key in graph.topological(below):
        before = [(up, calls[up]) for up in graph.upstream[key] if up in calls]
        if key not in own:
            calls[key] = max((count + (up in own) for up, count in before), default=0)
            continue
        calls[key] = number = max((count for _, count in before), default=0)
        while len(layers) <= number:
            layers.append([])
        layers[number].append(key)
    return [layer for layer in layers if layer]
