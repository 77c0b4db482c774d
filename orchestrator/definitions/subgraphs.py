"""A part of a graph: some of its ops, and what still connects them."""

from collections.abc import Collection

import msgspec

from orchestrator.definitions.composition import GraphInputRef, InputSources, OutputRef, Source
from orchestrator.definitions.graphs import GraphDefinition


def subgraph(graph: GraphDefinition, paths: Collection[str]) -> GraphDefinition:
    """The same graph with some of its ops.

    An input that a left out op fed is fed by nothing. Inputs and outputs of the graph that nothing uses or makes are gone.

    Args:
        graph: the graph.
        paths: the ops that stay: names of nodes, joined by dots.
    """
    nodes = {}
    for name, node in graph.graph_nodes.items():
        if isinstance(node.definition, GraphDefinition):
            inner = [path.removeprefix(f"{name}.") for path in paths if path.startswith(f"{name}.")]
            if inner:
                nodes[name] = msgspec.structs.replace(node, definition=subgraph(node.definition, inner))
        elif name in paths:
            nodes[name] = node

    def is_there(source: Source) -> bool:
        if not isinstance(source, OutputRef):
            return True
        return source.node in nodes and source.output in nodes[source.node].definition.output_names

    sources = {}
    for (name, input_name), found in graph.sources.items():
        kept = tuple(source for source in found.sources if is_there(source))
        if name in nodes and input_name in nodes[name].definition.input_names and (kept or not found.sources):
            sources[name, input_name] = InputSources(kept, found.fan_in)
    used = {ref.input for one in sources.values() for ref in one.sources if isinstance(ref, GraphInputRef)}
    return GraphDefinition.composed(
        name=graph.name,
        nodes=nodes,
        dependencies=sources,
        inputs={name: one for name, one in graph.inputs.items() if name in used},
        outputs={name: one for name, one in graph.outputs.items() if is_there(one.ref)},
        source=graph.source,
        description=graph.description,
        config=graph.config_mapping,
        tags=graph.tags,
    )
