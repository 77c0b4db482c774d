"""From a graph of nested graphs to its ops, as data.

    GraphDefinition -> for each op at the bottom, by dotted path: for each input, the outputs at the bottom that feed it

Linear in the number of ops and inputs. Nesting survives in the paths only.
"""

from collections.abc import Iterator, Mapping
from typing import Any

from msgspec import Struct

from orchestrator.definitions.composition import AssetRef, GraphInputRef, GraphNode, InputSources, OutputRef, Source
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.graphs import GraphDefinition
from orchestrator.definitions.hooks import HookDefinition
from orchestrator.definitions.ins_and_outs import In
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.definitions.keys import key_text
from orchestrator.definitions.ops import OpDefinition, types_of
from orchestrator.definitions.retries import RetryPolicy
from orchestrator.definitions.runtime_types import NOTHING
from orchestrator.definitions.tags import pool_of, priority_of, timeout_of
from orchestrator.definitions.types import check_names
from orchestrator.errors import DefinitionError
from orchestrator.graph.snapshot import Demands, GraphSnapshot, OpInputSnapshot, OpOutputSnapshot, OpSnapshot, OpSource

#: An op and its output.
_DynamicOutput = tuple[str, str]


class PlacedOp(Struct, frozen=True, kw_only=True):
    """An op in its place in a graph, with what the nodes around it say about it."""

    path: str
    op: OpDefinition
    tags: Mapping[str, str] = {}
    hooks: frozenset[HookDefinition] = frozenset()
    retry_policy: RetryPolicy | None = None


def placed_ops(graph: GraphDefinition) -> Iterator[PlacedOp]:
    """The ops of a graph, each in its place."""
    yield from _place(graph, "", {}, frozenset(), None)


def _place(
    graph: GraphDefinition,
    prefix: str,
    tags: Mapping[str, str],
    hooks: frozenset[HookDefinition],
    policy: RetryPolicy | None,
) -> Iterator[PlacedOp]:
    for name, node in graph.graph_nodes.items():
        definition = node.definition
        own_tags = {**tags, **definition.tags, **node.tags}
        own_hooks = hooks | node.hooks | definition.hooks
        own_policy = node.retry_policy or policy
        if isinstance(definition, OpDefinition):
            yield PlacedOp(
                path=prefix + name,
                op=definition,
                tags=own_tags,
                hooks=own_hooks,
                retry_policy=node.retry_policy or definition.retry_policy or policy,
            )
        else:
            yield from _place(definition, f"{prefix}{name}.", own_tags, own_hooks, own_policy)


def flatten_graph(graph: GraphDefinition, where: str) -> GraphSnapshot:
    """A graph as data.

    Raises:
        DefinitionError: the nodes feed each other in a circle, or an op is below two dynamic outputs.
    """
    ops: list[OpSnapshot] = []
    outputs = {}
    for name, output in graph.outputs.items():
        source = _bottom(graph, "", output.ref)
        outputs[source.op, source.output] = name
    _flatten(graph, "", {}, outputs, ops)
    snapshot = GraphSnapshot(ops=tuple(ops), inputs=graph.input_names, outputs=graph.output_names)
    _check_order(snapshot, where)
    return snapshot


def check_job(job: JobDefinition) -> None:
    """Refuse a job with an input that can get its value from nowhere, or with two types of one name.

    Raises:
        DefinitionError: names the input and the op, or the type.
    """
    ops = [placed.op for placed in placed_ops(job.graph)]
    check_names((kind for op in ops for kind in types_of(op.ins, op.outs)), f"job `{job.name}`")
    if spoken().definitions_have_own_names and job.whole_graph is None:
        _check_names(job)
    snapshot = flatten_graph(job.graph, f"job `{job.name}`")
    for op in snapshot.ops:
        for one in op.inputs:
            needs_value = one.loads and not one.has_default and one.input_manager_key is None
            if needs_value and not one.configurable and not _has_value(one, job):
                raise DefinitionError(
                    f"input `{one.name}` of `{op.path}` in job `{job.name}` gets its value from nowhere, "
                    f"and config cannot give one of type {one.type}",
                    hint="connect it to an output, give it a default value, or make it an input of the graph and use "
                    "input_values",
                    sources=(job.source,),
                )


def _check_names(job: JobDefinition) -> None:
    known: dict[str, Any] = {}
    pending = list(job.graph.node_defs)
    for one in pending:  # grows
        # an op that was split because its output is unpacked is still the same function
        identity = getattr(one, "function", one)
        if known.setdefault(one.name, identity) is not identity:
            raise DefinitionError(
                f"job `{job.name}` holds two definitions called `{one.name}`",
                hint="give one another name",
                sources=(job.source, one.source),
            )
        pending += one.children.values()


def _has_value(one: OpInputSnapshot, job: JobDefinition) -> bool:
    return one.fan_in or any(
        source.op or source.asset or source.graph_input in job.input_values for source in one.sources
    )


def _flatten(
    graph: GraphDefinition,
    prefix: str,
    given: Mapping[str, InputSources],
    outputs: Mapping[tuple[str, str], str],
    ops: list[OpSnapshot],
) -> None:
    """Add the ops of a graph.

    Args:
        graph: the graph.
        prefix: the path of the graph, with a dot.
        given: where its inputs get their values from, in terms of the bottom.
        outputs: which outputs at the bottom are outputs of the whole graph.
        ops: is added to.
    """
    for name, node in graph.graph_nodes.items():
        definition = node.definition
        sources = {one: _resolved(graph, prefix, name, one, given) for one in definition.input_names}
        if isinstance(definition, OpDefinition):
            ops.append(_op(prefix + name, node, definition, sources, outputs))
        else:
            _flatten(definition, f"{prefix}{name}.", {k: v for k, v in sources.items() if v is not None}, outputs, ops)


def _resolved(
    graph: GraphDefinition, prefix: str, node: str, input_name: str, given: Mapping[str, InputSources]
) -> Any:
    found = graph.sources.get((node, input_name))
    if found is None:
        # nothing inside feeds it: config may, at its own path
        return None
    resolved: list[OpSource] = []
    fan_in = found.fan_in
    for one in found.sources:
        if isinstance(one, GraphInputRef) and prefix:
            outer: Any = given.get(one.input)
            if outer is None:  # nothing feeds it: config may, at the path of the graph
                resolved.append(OpSource(graph_input=prefix + one.input))
                continue
            fan_in = fan_in or outer[1]
            resolved += outer[0]
        else:
            resolved.append(_source(graph, prefix, one))
    return (tuple(resolved), fan_in) if resolved or fan_in else None


def _source(graph: GraphDefinition, prefix: str, one: Source) -> OpSource:
    if isinstance(one, GraphInputRef):
        return OpSource(graph_input=one.input)
    if isinstance(one, AssetRef):
        return OpSource(asset=key_text(one.key))
    return _bottom(graph, prefix, one)


def _bottom(graph: GraphDefinition, prefix: str, ref: OutputRef) -> OpSource:
    definition = graph.graph_nodes[ref.node].definition
    path = prefix + ref.node
    if isinstance(definition, GraphDefinition):
        inner = _bottom(definition, f"{path}.", definition.outputs[ref.output].ref)
        return OpSource(inner.op, inner.output, ref.collect or inner.collect)
    return OpSource(path, ref.output, ref.collect)


def _op(
    path: str,
    node: GraphNode,
    op: OpDefinition,
    sources: Mapping[str, Any],
    outputs: Mapping[tuple[str, str], str],
) -> OpSnapshot:
    return OpSnapshot(
        path=path,
        op=op.name,
        source=op.source,
        inputs=tuple(_input(name, one, sources[name]) for name, one in op.ins.items()),
        outputs=tuple(
            OpOutputSnapshot(
                name=name,
                required=out.is_required,
                dynamic=out.is_dynamic,
                io_manager_key=out.io_manager_key,
                graph_output=outputs.get((path, name), ""),
            )
            for name, out in op.outs.items()
        ),
        demands=demands_of(op, {**op.tags, **node.tags}, f"`{path}`", node.retry_policy),
        resources=tuple(sorted(op.required_resource_keys)),
    )


def demands_of(
    op: OpDefinition, tags: Mapping[str, str], where: str, policy: RetryPolicy | None = None
) -> Demands | None:
    """What an op asks of whoever runs it; None if nothing.

    Args:
        op: the op.
        tags: its own, and those of the place where it stands.
        where: how messages call it.
        policy: of the place where it stands.

    Raises:
        DefinitionError: a tag that means something to orch says nothing that can be meant.
    """
    retry_policy = policy or op.retry_policy
    if not tags and not op.pool and retry_policy is None:
        return None
    priority_of(tags, where)
    return Demands(
        tags=tags, pool=pool_of(op.pool, tags, where), retry_policy=retry_policy, timeout_s=timeout_of(tags, where)
    )


def _input(name: str, one: In, sources: Any) -> OpInputSnapshot:
    found, fan_in = sources or ((), False)
    if not found and one.asset_key is not None:
        found = (OpSource(asset=key_text(one.asset_key)),)
    return OpInputSnapshot(
        name=name,
        sources=found,
        fan_in=fan_in,
        loads=one.type is not NOTHING,
        has_default=one.has_default_value,
        configurable=one.dagster_type.loadable,
        input_manager_key=one.input_manager_key,
        type=one.dagster_type.name,
    )


def _check_order(graph: GraphSnapshot, where: str) -> None:
    """Refuse circles, and ops below two dynamic outputs."""
    by_path = {op.path: op for op in graph.ops}
    over: dict[str, _DynamicOutput | None] = {}
    done: set[str] = set()

    for start in by_path:
        stack: list[tuple[str, bool]] = [(start, False)]
        open_: set[str] = set()
        while stack:
            path, leaving = stack.pop()
            if leaving:
                open_.discard(path)
                done.add(path)
                over[path] = _mapped_over(by_path, over, path, where)
                continue
            if path in done:
                continue
            if path in open_:
                raise DefinitionError(f"the nodes of {where} feed each other in a circle, through `{path}`")
            open_.add(path)
            stack.append((path, True))
            for upstream in _upstream(by_path[path]):
                if upstream in open_:
                    raise DefinitionError(f"the nodes of {where} feed each other in a circle, through `{upstream}`")
                if upstream not in done:
                    stack.append((upstream, False))


def _upstream(op: OpSnapshot) -> list[str]:
    return [source.op for one in op.inputs for source in one.sources if source.op]


def _mapped_over(
    by_path: Mapping[str, OpSnapshot], over: Mapping[str, _DynamicOutput | None], path: str, where: str
) -> _DynamicOutput | None:
    """The dynamic output that an op runs once per value of."""
    found: dict[_DynamicOutput, None] = {}
    collected = ""
    for one in by_path[path].inputs:
        for source in one.sources:
            if not source.op:
                continue
            dynamic = _dynamic_source(by_path, over, source, path, where)
            if dynamic is None:
                continue
            if source.collect:
                collected = f"{dynamic[0]}.{dynamic[1]}"
                continue
            found[dynamic] = None
            if one.fan_in:
                raise DefinitionError(
                    f"`{path}` in {where} takes a list with a value of the dynamic output of `{dynamic[0]}` in it",
                    hint="collect the dynamic output, or map the op over it",
                )
    names = [f"`{op}.{output}`" for op, output in found]
    if len(names) > 1:
        raise DefinitionError(
            f"`{path}` in {where} is mapped over two dynamic outputs, {' and '.join(names)}",
            hint="collect one of them first",
        )
    if names and collected:
        raise DefinitionError(
            f"`{path}` in {where} is mapped over the dynamic output {names[0]} and takes the collected `{collected}` too",
            hint="pass the collected list through an op of its own first",
        )
    return next(iter(found), None)


def _dynamic_source(
    by_path: Mapping[str, OpSnapshot],
    over: Mapping[str, _DynamicOutput | None],
    source: OpSource,
    path: str,
    where: str,
) -> _DynamicOutput | None:
    """The dynamic output behind a value that an op takes."""
    outer = over[source.op]
    if not any(out.dynamic for out in by_path[source.op].outputs if out.name == source.output):
        return outer
    if outer is not None:
        raise DefinitionError(
            f"`{path}` in {where} takes the dynamic output of `{source.op}`, which is mapped over the dynamic output of "
            f"`{outer[0]}` itself",
            hint="collect the outer one first",
        )
    return source.op, source.output
