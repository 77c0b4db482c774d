"""From a flattened graph of ops to steps.

GraphSnapshot -> one Step per op; an input is an asset, outputs of other steps, or given from outside
"""

from collections.abc import Collection, Iterator, Mapping, Sequence

import msgspec

from orchestrator.definitions.tags import priority_of
from orchestrator.graph.snapshot import (
    AssetSnapshot,
    GraphSnapshot,
    OpInputSnapshot,
    OpOutputSnapshot,
    OpSnapshot,
    OpSource,
    ValueHome,
)
from orchestrator.planning.plan import Step, StepInput, StepOutput, ValueSource


def steps_of_graph(
    graph: GraphSnapshot,
    template: Step,
    inputs: Sequence[StepInput],
    assets: Mapping[str, AssetSnapshot],
    made_by: Mapping[str, str],
) -> Iterator[Step]:
    """The steps of a graph, in the order of its ops.

    Args:
        graph: the graph.
        template: what all steps have in common; its key is put before the path of an op.
        inputs: the assets that inputs of the graph take, by name.
        assets: the assets asked for, by output of the graph; if there are any, only the ops they need are run.
        made_by: the step that makes an asset in this run, by key.
    """
    prefix = f"{template.key}." if template.key else ""
    wanted = _needed_ops(graph, assets) if assets else {op.path for op in graph.ops}
    mapped = _mapped_over(graph, wanted)
    given = {one.name: one for one in inputs}
    keys = {
        (op.path, output.name): assets[output.graph_output].key
        for op in graph.ops
        for output in op.outputs
        if output.graph_output in assets
    }
    leads_to = _leads_to(graph, keys, wanted)
    for op in graph.ops:
        if op.path not in wanted:
            continue
        over = mapped[op.path]
        step_inputs = tuple(_input(one, prefix, given, wanted, keys) for one in op.inputs)
        yield msgspec.structs.replace(
            template,
            key=prefix + op.path,
            path=op.path,
            source=op.source,
            inputs=step_inputs,
            outputs=tuple(_output(output, assets, graph.in_memory) for output in op.outputs),
            upstream=_upstream(step_inputs, made_by),
            mapped_over=prefix + over[0] if over else "",
            mapped_output=over[1] if over else "",
            priority=0 if op.demands is None else priority_of(op.demands.tags, f"`{prefix}{op.path}`"),
            demands=op.demands,
            leads_to=tuple(leads_to.get(op.path, ())),
        )


def _needed_ops(graph: GraphSnapshot, assets: Mapping[str, AssetSnapshot]) -> set[str]:
    by_path = {op.path: op for op in graph.ops}
    pending = [op.path for op in graph.ops if any(output.graph_output in assets for output in op.outputs)]
    if all(output in assets for output in graph.outputs):
        return set(by_path)  # everything is asked for: also ops that feed nothing
    needed = set(pending)
    while pending:
        for one in by_path[pending.pop()].inputs:
            for source in one.sources:
                if source.op and source.op not in needed:
                    needed.add(source.op)
                    pending.append(source.op)
    return needed


def _leads_to(
    graph: GraphSnapshot, keys: Mapping[tuple[str, str], str], wanted: Collection[str]
) -> dict[str, dict[str, None]]:
    """For each op the assets that ops after it make, in order."""
    found: dict[str, dict[str, None]] = {}
    if not keys:
        return found
    for op in reversed(list(_upstream_first(graph))):
        if op.path not in wanted:
            continue
        own = dict.fromkeys(keys[op.path, output.name] for output in op.outputs if (op.path, output.name) in keys)
        after = own | found.get(op.path, {})
        for before in dict.fromkeys(source.op for one in op.inputs for source in one.sources if source.op in wanted):
            found.setdefault(before, {}).update(after)
    return found


def _mapped_over(graph: GraphSnapshot, wanted: Collection[str]) -> dict[str, tuple[str, str] | None]:
    """For each op the op and output whose values it runs once per value of."""
    by_path = {op.path: op for op in graph.ops}
    found: dict[str, tuple[str, str] | None] = {}

    def over(op: OpSnapshot) -> tuple[str, str] | None:
        for one in op.inputs:
            for source in one.sources:
                if not source.op or source.collect or source.op not in wanted:
                    continue
                upstream = by_path[source.op]
                if _is_dynamic(upstream, source.output):
                    return source.op, source.output
                if found[source.op]:
                    return found[source.op]
        return None

    for op in _upstream_first(graph):
        found[op.path] = over(op) if op.path in wanted else None
    return found


def _upstream_first(graph: GraphSnapshot) -> Iterator[OpSnapshot]:
    by_path = {op.path: op for op in graph.ops}
    done: set[str] = set()
    for first in graph.ops:
        stack = [first]
        while stack:
            op = stack[-1]
            if op.path in done:
                stack.pop()
                continue
            before = [
                by_path[source.op]
                for one in op.inputs
                for source in one.sources
                if source.op in by_path and source.op not in done
            ]
            if before:
                stack += before
            else:
                done.add(op.path)
                yield stack.pop()


def _is_dynamic(op: OpSnapshot, output: str) -> bool:
    return any(one.dynamic for one in op.outputs if one.name == output)


def _input(
    one: OpInputSnapshot,
    prefix: str,
    given: Mapping[str, StepInput],
    wanted: Collection[str],
    keys: Mapping[tuple[str, str], str],
) -> StepInput:
    outer = next((given[s.graph_input] for s in one.sources if s.graph_input in given), None)
    if outer is not None:
        manager = one.input_manager_key or outer.io_manager_key
        return msgspec.structs.replace(outer, name=one.name, loads=one.loads and outer.loads, io_manager_key=manager)
    asset = next((source.asset for source in one.sources if source.asset), "")
    if asset:
        manager = one.input_manager_key or "io_manager"
        return StepInput(name=one.name, key=asset, loads=one.loads, io_manager_key=manager)
    values = tuple(_value(source, prefix, keys) for source in one.sources if source.op and source.op in wanted)
    return StepInput(
        name=one.name,
        values=values,
        fan_in=one.fan_in,
        graph_input=next((source.graph_input for source in one.sources if source.graph_input), ""),
        loads=one.loads,
        io_manager_key=one.input_manager_key or "",
    )


def _value(source: OpSource, prefix: str, keys: Mapping[tuple[str, str], str]) -> ValueSource:
    asset = keys.get((source.op, source.output), "")
    return ValueSource(prefix + source.op, source.output, None, source.collect, asset)


def _output(output: OpOutputSnapshot, assets: Mapping[str, AssetSnapshot], in_memory: Collection[str]) -> StepOutput:
    asset = assets.get(output.graph_output)
    if asset is None:
        return StepOutput(
            name=output.name,
            required=output.required,
            dynamic=output.dynamic,
            in_memory=output.io_manager_key in in_memory,
        )
    return StepOutput(
        name=output.name,
        key=asset.key,
        required=output.required and asset.required,
        dynamic=output.dynamic,
        in_memory=asset.value_home is ValueHome.MEMORY,
        code_version=asset.code_version,
    )


def _upstream(inputs: Sequence[StepInput], made_by: Mapping[str, str]) -> tuple[str, ...]:
    found = {value.step: None for one in inputs for value in one.values}
    found |= {made_by[one.key]: None for one in inputs if one.key in made_by}
    return tuple(found)
