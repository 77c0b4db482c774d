"""Graphs: nodes, and which output feeds which input. Made by `@graph`, or from dictionaries."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, overload

from orchestrator.definitions.composition import (
    Composition,
    GraphInputRef,
    GraphNode,
    InputSources,
    OutputRef,
)
from orchestrator.definitions.dependencies import (
    InputMapping,
    NodeInvocation,
    OutputMapping,
    check_order,
    checked_output,
    dependencies_of,
    read_dependencies,
)
from orchestrator.definitions.docstrings import read_docstring
from orchestrator.definitions.functions import (
    annotations_of,
    caller_source,
    description_of,
    name_of,
    parameters_of,
    source_of,
    unwrap,
)
from orchestrator.definitions.graph_ports import GraphIn, GraphOut, GraphOutput, inputs_of_body, outputs_of_body
from orchestrator.definitions.ins_and_outs import DynamicOut, In, Out
from orchestrator.definitions.names import check_name, did_you_mean
from orchestrator.definitions.nodes import Node
from orchestrator.definitions.ops import at
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.tags import check_run_tags
from orchestrator.definitions.upward import fetch
from orchestrator.errors import DefinitionError, InvariantError, SourceRef

if TYPE_CHECKING:
    from orchestrator.definitions.hooks import HookDefinition


class GraphDefinition(Node):
    """Nodes, and which output feeds which input.

    Args:
        name: its name.
        description: for people.
        node_defs: the ops and graphs it is made of.
        dependencies: by node (a name, or a `NodeInvocation` for a node under another name) and input: a
            `DependencyDefinition`, `MultiDependencyDefinition` or `DynamicCollectDependencyDefinition`.
        input_mappings: its inputs.
        output_mappings: its outputs.
        config: a `ConfigMapping`: its own config, and a function that makes config of its nodes from it.
        tags: put on its steps.

    Raises:
        DefinitionError: it names a node, input or output that does not exist.
    """

    def __init__(
        self,
        name: str,
        *,
        description: str | None = None,
        node_defs: Sequence[Any] | None = None,
        dependencies: Mapping[Any, Mapping[str, Any]] | None = None,
        input_mappings: Sequence[InputMapping] | None = None,
        output_mappings: Sequence[OutputMapping] | None = None,
        config: Any = None,
        tags: Mapping[str, Any] | None = None,
        **refused: Any,
    ) -> None:
        refuse_parameters(
            refused, "GraphDefinition", ("node_defs", "dependencies", "input_mappings", "output_mappings")
        )
        where = f"graph `{check_name(name, 'graph name')}`"
        source = caller_source()
        with at(source):
            nodes, sources = read_dependencies(where, node_defs or (), dependencies or {}, input_mappings or ())
            check_order(where, sources)
            outputs = {one.graph_output_name: self._mapped_output(where, nodes, one) for one in output_mappings or ()}
        inputs = {one.graph_input_name: GraphIn(one.graph_input_description) for one in input_mappings or ()}
        self._fill(name, nodes, sources, inputs, outputs, source, description, config, tags)

    @classmethod
    def composed(cls, **parts: Any) -> "GraphDefinition":
        """A graph of parts that were checked when they were composed."""
        made = cls.__new__(cls)
        made._fill(**parts)  # noqa: SLF001  this class
        return made

    def _fill(  # noqa: PLR0913, PLR0917  one value per thing a graph has
        self,
        name: str,
        nodes: Mapping[str, GraphNode],
        dependencies: Mapping[tuple[str, str], InputSources],
        inputs: Mapping[str, GraphIn],
        outputs: Mapping[str, GraphOutput],
        source: SourceRef,
        description: str | None,
        config: Any,
        tags: Mapping[str, Any] | None,
    ) -> None:
        self.name = name
        self.graph_nodes = dict(nodes)
        self.sources = dict(dependencies)
        self.inputs = dict(inputs)
        self.outputs = dict(outputs)
        self.source = source
        self.description = description
        self.config_mapping = config
        self.tags: Mapping[str, str] = check_run_tags(tags, f"graph `{name}`")
        self.hooks: frozenset[HookDefinition] = frozenset()

    @staticmethod
    def _mapped_output(where: str, nodes: Mapping[str, GraphNode], mapping: OutputMapping) -> GraphOutput:
        ref = checked_output(where, nodes, OutputRef(mapping.mapped_node_name, mapping.mapped_node_output_name))
        dynamic = nodes[ref.node].definition.is_dynamic_output(ref.output)
        return GraphOutput(ref, dynamic, mapping.graph_output_description)

    def configured(
        self, config_or_config_fn: Any, name: str, config_schema: Any = None, description: str | None = None
    ) -> "GraphDefinition":
        """The same graph under another name, with config, or with a function that makes its config from other config.

        Raises:
            DefinitionError: it has no config mapping.
        """
        make = fetch("definitions.config_mapping", "configured_mapping")
        return GraphDefinition.composed(
            name=check_name(name, "graph name"),
            nodes=self.graph_nodes,
            dependencies=self.sources,
            inputs=self.inputs,
            outputs=self.outputs,
            source=self.source,
            description=description or self.description,
            config=make(self.config_mapping, config_or_config_fn, config_schema, f"graph `{name}`"),
            tags=self.tags,
        )

    @property
    def config_schema(self) -> None:
        """A graph has no config of its own, only a mapping."""
        return

    @property
    def node_type_str(self) -> str:
        """What kind of node it is."""
        return "graph"

    @property
    def children(self) -> Mapping[str, Any]:
        """The definitions of its nodes, by name."""
        return {name: node.definition for name, node in self.graph_nodes.items()}

    @property
    def nodes(self) -> list[GraphNode]:
        """Its nodes."""
        return list(self.graph_nodes.values())

    @property
    def node_dict(self) -> dict[str, GraphNode]:
        """Its nodes, by name."""
        return self.graph_nodes

    @property
    def node_defs(self) -> list[Any]:
        """The definitions of its nodes, each once."""
        return list({id(node.definition): node.definition for node in self.graph_nodes.values()}.values())

    @property
    def dependencies(self) -> dict[NodeInvocation, dict[str, Any]]:
        """Where the inputs of its nodes get their values from, as `GraphDefinition(dependencies=...)` takes it."""
        return dependencies_of(self.graph_nodes, self.sources)

    @property
    def nodes_in_topological_order(self) -> list[GraphNode]:
        """Its nodes, those that feed others before them."""
        return [self.graph_nodes[name] for name in check_order(f"graph `{self.name}`", self.sources, self.graph_nodes)]

    @property
    def has_config_mapping(self) -> bool:
        """Whether it makes config of its nodes from config of its own."""
        return self.config_mapping is not None

    def node_names(self) -> list[str]:
        """The names of its nodes."""
        return list(self.graph_nodes)

    def has_node_named(self, name: str) -> bool:
        """Whether it has a node of this name."""
        return name in self.graph_nodes

    def node_named(self, name: str) -> GraphNode:
        """The node with this name.

        Raises:
            DefinitionError: there is none.
        """
        if name not in self.graph_nodes:
            raise DefinitionError(f"graph `{self.name}` has no node `{name}`")
        return self.graph_nodes[name]

    @property
    def input_names(self) -> tuple[str, ...]:
        """The names of its inputs, in order."""
        return tuple(self.inputs)

    @property
    def output_names(self) -> tuple[str, ...]:
        """The names of its outputs, in order."""
        return tuple(self.outputs)

    @property
    def input_mappings(self) -> list[InputMapping]:
        """Which inputs of its nodes its inputs are."""
        return [
            InputMapping(one.input, node, input_name)
            for (node, input_name), sources in self.sources.items()
            for one in sources.sources
            if isinstance(one, GraphInputRef)
        ]

    @property
    def output_mappings(self) -> list[OutputMapping]:
        """Which outputs of its nodes its outputs are."""
        return [
            OutputMapping(name, one.ref.node, one.ref.output, one.description) for name, one in self.outputs.items()
        ]

    def input_of(self, name: str) -> In:
        """An input, of the type it is annotated with, else of the type of the input of a node that it is."""
        inner = next((one for one in self.input_mappings if one.graph_input_name == name), None)
        made = In(description=self.inputs[name].description)
        made.type = self.inputs[name].type
        if made.type is None and inner is not None:
            node = self.graph_nodes[inner.mapped_node_name].definition
            made.type = node.input_of(inner.mapped_node_input_name).dagster_type
        return made

    def output_of(self, name: str) -> Out:
        """An output; its value is checked where it is made."""
        output = self.outputs[name]
        inner: Out = self.graph_nodes[output.ref.node].definition.output_of(output.ref.output)
        kind: type[Out] = DynamicOut if output.dynamic else Out
        made = kind(description=output.description or inner.description, is_required=inner.is_required)
        made.type = output.type
        return made

    def is_dynamic_output(self, name: str) -> bool:
        """Whether there are any number of an output."""
        return self.outputs[name].dynamic

    def op_of_output(self, name: str) -> tuple[Any, str]:
        """The op at the bottom that makes an output, and what that op calls it."""
        ref = self.outputs[name].ref
        definition = self.graph_nodes[ref.node].definition
        if isinstance(definition, GraphDefinition):
            return definition.op_of_output(ref.output)
        return definition, ref.output

    def to_job(self, name: str | None = None, **parameters: Any) -> Any:
        """A job that runs the graph. The parameters are those of `job`.

        Raises:
            DefinitionError: a parameter is not valid, or an input can get its value from nowhere.
        """
        return fetch("definitions.jobs", "job_of_graph")(self, name=name, **parameters)

    def execute_in_process(self, run_config: Any = None, **parameters: Any) -> Any:
        """Run the graph in this process, for a test. See `JobDefinition.execute_in_process`."""
        inputs = parameters.pop("input_values", None)
        resources = parameters.pop("resources", None)
        job = self.to_job(resource_defs=resources, input_values=inputs)
        return job.execute_in_process(run_config, **parameters)

    def run_alone(self, *_: Any, **__: Any) -> Any:
        """A graph is no function.

        Raises:
            InvariantError: always, with what to do instead.
        """
        raise InvariantError(
            f"graph `{self.name}` is called outside of the body of a graph or job",
            hint=f"to run it: {self.name}.execute_in_process(), or {self.name}.to_job()",
        )

    def __repr__(self) -> str:
        return f"<GraphDefinition {self.name}: {', '.join(self.graph_nodes)}>"


@overload
def graph(compose_fn: Callable[..., Any], /) -> GraphDefinition: ...


@overload
def graph(
    *,
    name: str | None = ...,
    description: str | None = ...,
    ins: Mapping[str, GraphIn] | None = ...,
    out: GraphOut | Mapping[str, GraphOut] | None = ...,
    tags: Mapping[str, Any] | None = ...,
    config: Any = ...,
) -> Callable[[Callable[..., Any]], GraphDefinition]: ...


def graph(
    compose_fn: Callable[..., Any] | None = None,
    *,
    name: str | None = None,
    description: str | None = None,
    ins: Mapping[str, GraphIn] | None = None,
    out: GraphOut | Mapping[str, GraphOut] | None = None,
    tags: Mapping[str, Any] | None = None,
    config: Any = None,
    **refused: Any,
) -> Any:
    """Make a graph of the ops and graphs that a function calls. Its parameters are the graph's inputs.

    Args:
        compose_fn: the function, when used without parentheses. It is called once, now, with handles instead of values.
        name: the graph's name; the function's if left out.
        description: for people; the docstring if left out.
        ins: inputs, described.
        out: the output, or several by name: what the function returns (a handle; a dict of handles; a tuple, in order).
        tags: put on its steps.
        config: a `ConfigMapping`, or fixed config of its nodes.
        refused: anything else; raises.

    Raises:
        DefinitionError: the body does not compose.
    """
    refuse_parameters(refused, "@graph", ("name", "description", "ins", "out", "tags", "config"))

    def decorate(function: Callable[..., Any]) -> GraphDefinition:
        return compose_graph(
            function, "@graph", name=name, description=description, ins=ins, out=out, tags=tags, config=config
        )

    return decorate if compose_fn is None else decorate(compose_fn)


def compose_graph(  # noqa: PLR0913
    function: Callable[..., Any],
    decorator: str,
    *,
    name: str | None = None,
    description: str | None = None,
    ins: Mapping[str, GraphIn] | None = None,
    out: GraphOut | Mapping[str, GraphOut] | None = None,
    tags: Mapping[str, Any] | None = None,
    config: Any = None,
    returns_nothing: bool = False,
) -> GraphDefinition:
    """Call a function with handles and make a graph of what it calls.

    Raises:
        DefinitionError: the body does not compose.
    """
    inner = unwrap(function)
    source = source_of(inner)
    with at(source):
        checked = check_name(name or name_of(inner), "graph name")
        where = f"{decorator} `{checked}`"
        parameters = parameters_of(inner)
        unknown = [one for one in ins or () if one not in parameters.names]
        if unknown:
            raise DefinitionError(
                f"ins of {where} names `{unknown[0]}`, which is no parameter of it",
                hint=did_you_mean(unknown[0], parameters.names),
            )
        composition = Composition(where, parameters.names)
        with composition:
            returned = function(**composition.inputs)
        unused = [one for one in parameters.names if one not in composition.used_inputs]
        if unused:
            raise DefinitionError(f"{where} never uses its input `{unused[0]}`", hint="pass it to a node, or drop it")
        if returns_nothing and returned is not None:
            raise DefinitionError(
                f"{where} returns a value, but nobody takes the output of a job",
                hint="drop the return; or make it a @graph, and a job of that with to_job()",
            )
        said, result = read_docstring(description_of(None, inner)) if inner.__doc__ else ({}, None)
        annotations = annotations_of(inner)
        outputs = outputs_of_body(where, returned, out, composition, annotations, result)
        return GraphDefinition.composed(
            name=checked,
            nodes=composition.nodes,
            dependencies=composition.dependencies,
            inputs=inputs_of_body(where, parameters.names, ins or {}, annotations, said),
            outputs=outputs,
            source=source,
            description=description_of(description, inner),
            config=fetch("definitions.config_mapping", "as_config_mapping")(config, where)
            if config is not None
            else None,
            tags=tags,
        )
