"""Graphs written as dictionaries: which output feeds which input, and what the outer graph sees of them."""

from collections.abc import Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from graphlib import CycleError, TopologicalSorter
from typing import Any, NamedTuple

from orchestrator.definitions.composition import GraphInputRef, GraphNode, InputSources, OutputRef, check_fan_in
from orchestrator.definitions.hooks import HookDefinition
from orchestrator.definitions.names import check_name, did_you_mean
from orchestrator.definitions.retries import RetryPolicy
from orchestrator.definitions.tags import check_run_tags
from orchestrator.errors import DefinitionError


class DependencyDefinition:
    """An input takes an output of a node.

    Args:
        node: the node's name in the graph.
        output: its output.
        description: for people.
    """

    __slots__ = ("description", "node", "output")
    collect = False

    def __init__(self, node: str, output: str = "result", description: str | None = None) -> None:
        self.node = node
        self.output = output
        self.description = description

    @property
    def ref(self) -> OutputRef:
        """The output."""
        return OutputRef(self.node, self.output, self.collect)


class DynamicCollectDependencyDefinition(DependencyDefinition):
    """An input takes all values of a dynamic output, as a list."""

    __slots__ = ()
    collect = True

    def __init__(self, node_name: str, output_name: str = "result") -> None:
        super().__init__(node_name, output_name)


class MultiDependencyDefinition:
    """An input takes several outputs, as a list.

    Args:
        dependencies: the outputs, in order.
    """

    __slots__ = ("dependencies",)

    def __init__(self, dependencies: Sequence[DependencyDefinition]) -> None:
        for one in dependencies:
            if not isinstance(one, DependencyDefinition):
                raise DefinitionError(
                    f"a MultiDependencyDefinition holds {one!r:.60}", hint="DependencyDefinition(...)"
                )
        self.dependencies = tuple(dependencies)


class NodeInvocation:
    """A key of a dictionary of dependencies: a node under a name of its own.

    Args:
        name: the node's definition, by name.
        alias: its name in the graph.
        tags: put on its steps.
        hook_defs: called when its steps have ended.
        retry_policy: what happens when its steps fail.
    """

    __slots__ = ("alias", "hook_defs", "name", "retry_policy", "tags")

    def __init__(
        self,
        name: str,
        alias: str | None = None,
        tags: Mapping[str, Any] | None = None,
        hook_defs: AbstractSet[HookDefinition] | None = None,
        retry_policy: RetryPolicy | None = None,
    ) -> None:
        self.name = name
        self.alias = alias
        self.tags = check_run_tags(tags, f"`{alias or name}`")
        self.hook_defs = frozenset(hook_defs or ())
        self.retry_policy = retry_policy


class NodeInput(NamedTuple):
    """An input of a node of a graph."""

    node_name: str
    input_name: str


class NodeOutput(NamedTuple):
    """An output of a node of a graph."""

    node_name: str
    output_name: str


class InputMapping:
    """An input of a graph is an input of one of its nodes."""

    __slots__ = ("graph_input_description", "graph_input_name", "mapped_node_input_name", "mapped_node_name")

    def __init__(
        self,
        graph_input_name: str,
        mapped_node_name: str,
        mapped_node_input_name: str,
        fan_in_index: int | None = None,
        graph_input_description: str | None = None,
    ) -> None:
        if fan_in_index is not None:
            raise DefinitionError("fan_in_index of an InputMapping is not supported", hint="compose the graph: @graph")
        self.graph_input_name = check_name(graph_input_name, "input of a graph")
        self.mapped_node_name = mapped_node_name
        self.mapped_node_input_name = mapped_node_input_name
        self.graph_input_description = graph_input_description

    @property
    def maps_to(self) -> "NodeInput":
        """The input of the node."""
        return NodeInput(self.mapped_node_name, self.mapped_node_input_name)


class OutputMapping:
    """An output of a graph is an output of one of its nodes."""

    __slots__ = ("graph_output_description", "graph_output_name", "mapped_node_name", "mapped_node_output_name")

    def __init__(
        self,
        graph_output_name: str,
        mapped_node_name: str,
        mapped_node_output_name: str = "result",
        graph_output_description: str | None = None,
    ) -> None:
        self.graph_output_name = check_name(graph_output_name, "output of a graph")
        self.mapped_node_name = mapped_node_name
        self.mapped_node_output_name = mapped_node_output_name
        self.graph_output_description = graph_output_description

    @property
    def maps_from(self) -> "NodeOutput":
        """The output of the node."""
        return NodeOutput(self.mapped_node_name, self.mapped_node_output_name)


def read_dependencies(
    where: str,
    node_defs: Sequence[Any],
    dependencies: Mapping[Any, Mapping[str, Any]],
    input_mappings: Sequence[InputMapping],
) -> tuple[dict[str, GraphNode], dict[tuple[str, str], InputSources]]:
    """The nodes of a graph and where their inputs get their values from.

    Raises:
        DefinitionError: a node, input or output does not exist, or two definitions have one name.
    """
    definitions = _by_name(where, node_defs)
    nodes: dict[str, GraphNode] = {}
    for key in dependencies:
        call = key if isinstance(key, NodeInvocation) else NodeInvocation(key)
        definition = _known(call.name, definitions, f"dependencies of {where} names a node")
        nodes[call.alias or call.name] = GraphNode(
            name=call.alias or call.name,
            definition=definition,
            tags={**definition.tags, **call.tags},
            hooks=call.hook_defs,
            retry_policy=call.retry_policy,
        )
    used = {node.definition.name for node in nodes.values()}
    nodes |= {
        name: GraphNode(name=name, definition=one, tags=one.tags)
        for name, one in definitions.items()
        if name not in used and name not in nodes
    }
    sources: dict[tuple[str, str], InputSources] = {}
    for key, inputs in dependencies.items():
        name = (key.alias or key.name) if isinstance(key, NodeInvocation) else key
        for input_name, dependency in inputs.items():
            _known(
                input_name, nodes[name].definition.input_names, f"dependencies of {where} names an input of `{name}`"
            )
            sources[name, input_name] = _sources(where, nodes, dependency)
    for mapping in input_mappings:
        node = _known(mapping.mapped_node_name, nodes, f"an input mapping of {where} names a node")
        _known(
            mapping.mapped_node_input_name, node.definition.input_names, f"an input mapping of {where} names an input"
        )
        if (mapping.mapped_node_name, mapping.mapped_node_input_name) in sources:
            raise DefinitionError(
                f"input `{mapping.mapped_node_input_name}` of `{mapping.mapped_node_name}` in {where} "
                "is an input of the graph and has a dependency",
                hint="drop one of the two",
            )
        sources[mapping.mapped_node_name, mapping.mapped_node_input_name] = InputSources(
            (GraphInputRef(mapping.graph_input_name),)
        )
    return nodes, sources


def checked_output(where: str, nodes: Mapping[str, GraphNode], ref: OutputRef) -> OutputRef:
    """Return a reference to an output.

    Raises:
        DefinitionError: there is no such node or output.
    """
    node = _known(ref.node, nodes, f"{where} takes a value of the node")
    _known(ref.output, node.definition.output_names, f"{where} takes an output of `{ref.node}`")
    return ref


def check_order(
    where: str, sources: Mapping[tuple[str, str], InputSources], nodes: Iterable[str] = ()
) -> tuple[str, ...]:
    """The nodes of a graph, those that feed others before them.

    Raises:
        DefinitionError: nodes feed each other in a circle.
    """
    before: dict[str, set[str]] = {name: set() for name in nodes}
    for (node, _), one in sources.items():
        before.setdefault(node, set()).update(ref.node for ref in one.sources if isinstance(ref, OutputRef))
    try:
        return tuple(TopologicalSorter(before).static_order())
    except CycleError as error:
        circle = " -> ".join(f"`{name}`" for name in reversed(error.args[1]))
        raise DefinitionError(f"the nodes of {where} feed each other in a circle: {circle}") from None


def dependencies_of(
    nodes: Mapping[str, GraphNode], sources: Mapping[tuple[str, str], InputSources]
) -> dict[NodeInvocation, dict[str, Any]]:
    """The dependencies of a graph, as a person would write them."""
    made: dict[NodeInvocation, dict[str, Any]] = {}
    for name, node in nodes.items():
        call = NodeInvocation(node.definition.name, name, node.tags, node.hooks, node.retry_policy)
        inputs = made[call] = {}
        for input_name in node.definition.input_names:
            found = sources.get((name, input_name))
            refs = [] if found is None else [_dependency(ref) for ref in found.sources if isinstance(ref, OutputRef)]
            if found is not None and refs:
                inputs[input_name] = MultiDependencyDefinition(refs) if found.fan_in else refs[0]
    return made


def _dependency(ref: OutputRef) -> DependencyDefinition:
    if ref.collect:
        return DynamicCollectDependencyDefinition(ref.node, ref.output)
    return DependencyDefinition(ref.node, ref.output)


def _sources(where: str, nodes: Mapping[str, GraphNode], dependency: Any) -> InputSources:
    if isinstance(dependency, MultiDependencyDefinition):
        refs = [checked_output(where, nodes, one.ref) for one in dependency.dependencies]
        check_fan_in(refs, f"a MultiDependencyDefinition of {where}")
        return InputSources(tuple(refs), fan_in=True)
    if isinstance(dependency, DependencyDefinition):
        return InputSources((checked_output(where, nodes, dependency.ref),))
    raise DefinitionError(f"dependencies of {where} holds {dependency!r:.60}", hint='DependencyDefinition("node")')


def _by_name(where: str, node_defs: Sequence[Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for one in node_defs:
        if not hasattr(one, "output_names"):
            raise DefinitionError(f"node_defs of {where} holds {one!r:.60}, which is no op or graph")
        if found.setdefault(one.name, one) is not one:
            raise DefinitionError(f"node_defs of {where} holds two definitions called `{one.name}`")
    return found


def _known(name: Any, known: Any, what: str) -> Any:
    if name not in known:
        raise DefinitionError(f"{what} `{name}`, which does not exist", hint=did_you_mean(str(name), known))
    return known[name] if isinstance(known, Mapping) else name
