"""Small graphs for tests."""

import networkx as nx

from orchestrator.errors import SourceRef
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.snapshot import AssetSnapshot, InputSnapshot, JobSnapshot, LocationSnapshot, NodeSnapshot


def node(key: str, *deps: str, loads: bool = True, line: int = 1, **asset: object) -> NodeSnapshot:
    """A function that makes one asset from others."""
    source = SourceRef("x.py", line)
    return NodeSnapshot(
        name=key.replace("/", "__"),
        source=source,
        assets=(AssetSnapshot(key=key, source=source, output="result", **asset),),  # type: ignore[arg-type]
        inputs=tuple(InputSnapshot(name=dep, keys=(dep,), loads=loads) for dep in deps),
    )


def location(
    name: str, *nodes: NodeSnapshot, jobs: tuple[JobSnapshot, ...] = (), external: tuple[AssetSnapshot, ...] = ()
) -> LocationSnapshot:
    return LocationSnapshot(name=name, nodes=nodes, jobs=jobs, external=external)


def graph_of(edges: dict[str, list[str]]) -> AssetGraph:
    """A graph from `{key: upstream keys}`."""
    return AssetGraph.build([location("l", *(node(key, *deps, loads=False) for key, deps in edges.items()))])


def as_networkx(graph: AssetGraph) -> "nx.DiGraph[str]":
    oracle: nx.DiGraph[str] = nx.DiGraph()
    oracle.add_nodes_from(graph.assets)
    oracle.add_edges_from((before, key) for key, deps in graph.upstream.items() for before in deps)
    return oracle
