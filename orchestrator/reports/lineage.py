"""Lineage as data, Mermaid, DOT, and trees for a terminal."""

from collections.abc import Collection, Iterator, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.runs.records import Materialization


class AssetState(StrEnum):
    """What became of an asset last."""

    MATERIALIZED = "materialized"
    MISSING = "missing"
    FAILED = "failed"
    EXTERNAL = "external"


class LineageNode(Struct, frozen=True, kw_only=True):
    """One asset of a lineage."""

    key: str
    location: str
    group: str
    kinds: tuple[str, ...]
    external: bool
    #: `file:line`.
    source: str
    state: AssetState
    #: Seconds since 1970 (UTC).
    last_materialized: float | None = None


class Lineage(Struct, frozen=True):
    """Assets, upstream first, and what depends on what among them."""

    nodes: tuple[LineageNode, ...]
    #: Pairs of upstream and downstream key.
    edges: tuple[tuple[str, str], ...]


class TreeLine(Struct, frozen=True):
    """A line of a tree drawing."""

    node: LineageNode
    depth: int
    #: The asset was drawn in full before; what is below it is not repeated.
    repeated: bool
    #: For each level from the outermost, whether its branch ends with this line's ancestor; the last is this line's own.
    last: tuple[bool, ...]


def lineage_of(
    graph: AssetGraph,
    keys: Collection[str],
    materialized: Mapping[str, Materialization],
    failed: Collection[str],
) -> Lineage:
    """The lineage of some assets: they and the edges among them."""
    wanted = set(keys)
    ordered = graph.topological(wanted)
    edges = [(before, key) for key in ordered for before in graph.upstream[key] if before in wanted]
    return Lineage(tuple(_node(graph, key, materialized.get(key), failed) for key in ordered), tuple(edges))


def _node(graph: AssetGraph, key: str, newest: Materialization | None, failed: Collection[str]) -> LineageNode:
    asset = graph.assets[key]
    if asset.external:
        state = AssetState.EXTERNAL
    elif key in failed:
        state = AssetState.FAILED
    else:
        state = AssetState.MISSING if newest is None else AssetState.MATERIALIZED
    return LineageNode(
        key=key,
        location=asset.location,
        group=asset.snapshot.group,
        kinds=asset.snapshot.kinds,
        external=asset.external,
        source=str(asset.snapshot.source),
        state=state,
        last_materialized=None if newest is None else newest.timestamp,
    )


def to_json_data(lineage: Lineage) -> dict[str, Any]:
    """`{"nodes": [...], "edges": [{"from": ..., "to": ...}]}`."""
    return {"nodes": list(lineage.nodes), "edges": [{"from": one, "to": other} for one, other in lineage.edges]}


def to_mermaid(lineage: Lineage) -> str:
    """A flowchart to paste into Mermaid."""
    ids = {node.key: f"n{number}" for number, node in enumerate(lineage.nodes)}
    lines = ["flowchart LR"]
    for number, (location, nodes) in enumerate(_by_location(lineage).items()):
        indent = "  "
        if location:
            lines.append(f'  subgraph l{number}["{_mermaid_text(location)}"]')
            indent = "    "
        for node in nodes:
            left, right = ("([", "])") if node.external else ("[", "]")
            lines.append(f'{indent}{ids[node.key]}{left}"{_mermaid_text(node.key)}"{right}')
        if location:
            lines.append("  end")
    lines += [f"  {ids[one]} --> {ids[other]}" for one, other in lineage.edges]
    return "\n".join(lines)


def to_dot(lineage: Lineage) -> str:
    """A digraph to paste into Graphviz."""
    lines = ["digraph lineage {", "  rankdir=LR;", "  node [shape=box];"]
    for number, (location, nodes) in enumerate(_by_location(lineage).items()):
        indent = "  "
        if location:
            lines.append(f"  subgraph cluster_{number} {{")
            lines.append(f"    label={_dot_text(location)};")
            indent = "    "
        for node in nodes:
            style = " [style=dashed]" if node.external else ""
            lines.append(f"{indent}{_dot_text(node.key)}{style};")
        if location:
            lines.append("  }")
    lines += [f"  {_dot_text(one)} -> {_dot_text(other)};" for one, other in lineage.edges]
    return "\n".join([*lines, "}"])


def tree_lines(lineage: Lineage, root: str | None = None) -> Iterator[TreeLine]:
    """The lineage as trees, roots first; an asset that is reached twice is drawn in full once and marked where it recurs.

    Args:
        lineage: what to draw.
        root: draw only what hangs on this asset.
    """
    nodes = {node.key: node for node in lineage.nodes}
    below: dict[str, list[str]] = {key: [] for key in nodes}
    has_parent = set()
    for one, other in lineage.edges:
        below[one].append(other)
        has_parent.add(other)
    roots = [root] if root is not None else [key for key in nodes if key not in has_parent]
    drawn: set[str] = set()
    pending: list[tuple[str, tuple[bool, ...]]] = [(key, ()) for key in reversed(roots)]
    while pending:  # a loop, not recursion: chains may be longer than the stack
        key, last = pending.pop()
        repeated = key in drawn
        drawn.add(key)
        yield TreeLine(nodes[key], len(last), repeated and bool(below[key]), last)
        if not repeated:
            after = below[key]
            pending += [(child, (*last, child == after[-1])) for child in reversed(after)]


def _by_location(lineage: Lineage) -> dict[str, list[LineageNode]]:
    found: dict[str, list[LineageNode]] = {}
    for node in lineage.nodes:
        found.setdefault(node.location, []).append(node)
    return found


def _mermaid_text(text: str) -> str:
    return text.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;").replace(">", "&gt;")


def _dot_text(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
