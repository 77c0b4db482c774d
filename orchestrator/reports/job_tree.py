"""The node graph of a job as a tree: graphs, and below them ops, each with what feeds it."""

from collections.abc import Iterator

from msgspec import Struct

from orchestrator.graph.snapshot import GraphSnapshot, OpInputSnapshot, OpSnapshot, OpSource


class JobTreeLine(Struct, frozen=True):
    """A line of the tree."""

    #: The last part of the path of the op or graph.
    name: str
    #: For each level from the outermost, whether its branch ends with this line's ancestor; the last is its own.
    last: tuple[bool, ...]
    #: The op; None for a graph.
    op: OpSnapshot | None = None


class _Branch(Struct):
    """A graph, with what is in it by name: graphs, and ops."""

    children: "dict[str, _Branch | OpSnapshot]" = {}


def job_tree(graph: GraphSnapshot) -> Iterator[JobTreeLine]:
    """The lines of the tree, in the order in which they are drawn."""
    root = _Branch({})
    for op in graph.ops:
        *graphs, name = op.path.split(".")
        branch = root
        for part in graphs:
            found = branch.children.setdefault(part, _Branch({}))
            assert isinstance(found, _Branch)
            branch = found
        branch.children[name] = op
    yield from _lines(root, ())


def _lines(branch: _Branch, above: tuple[bool, ...]) -> Iterator[JobTreeLine]:
    count = len(branch.children)
    for place, (name, child) in enumerate(branch.children.items(), 1):
        last = (*above, place == count)
        if isinstance(child, _Branch):
            yield JobTreeLine(name, last)
            yield from _lines(child, last)
        else:
            yield JobTreeLine(name, last, child)


def inputs_in_words(op: OpSnapshot) -> list[str]:
    """Where each input of an op gets its value from: `x from extract_data`."""
    return [f"{one.name} from {', '.join(map(_source, one.sources)) or _unfed(one)}" for one in op.inputs]


def outputs_in_words(op: OpSnapshot) -> list[str]:
    """The outputs of an op, if they are more than one plain result."""
    return [
        output.name + (" (dynamic)" if output.dynamic else "") + ("" if output.required else " (optional)")
        for output in op.outputs
        if output.name != "result" or output.dynamic or not output.required
    ]


def _source(source: OpSource) -> str:
    if source.asset:
        return f"asset {source.asset}"
    if source.graph_input:
        return f"input {source.graph_input}"
    plain = source.op if source.output == "result" else f"{source.op}.{source.output}"
    return f"all of {plain}" if source.collect else plain


def _unfed(one: OpInputSnapshot) -> str:
    return "its default" if one.has_default else "config" if one.loads else "nothing"
