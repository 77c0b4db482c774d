"""From the assets asked for to a plan, with everything that can be known to fail said before anything runs.

    keys -> the nodes that make them -> a step for each of their ops, in dependency order -> RunPlan

`input_problems` needs only the graph, so `orch check` uses it too; `plan_run` adds what only the store knows: whether
the values that the run does not make itself exist.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import msgspec

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.retries import RetryPolicy
from orchestrator.definitions.tags import priority_of
from orchestrator.errors import (
    DefinitionError,
    LoadError,
    MissingResourceError,
    NoValueError,
    OrchestratorError,
    PlanError,
    SourceRef,
)
from orchestrator.graph.asset_graph import AssetGraph, GraphAsset, ResolvedInput
from orchestrator.graph.snapshot import Demands, JobSnapshot, NodeSnapshot, Stores, ValueHome
from orchestrator.planning.op_steps import steps_of_graph
from orchestrator.planning.parts import split_in_parts
from orchestrator.planning.plan import RunPlan, Step, StepInput, StepOutput
from orchestrator.planning.step_order import order_of_steps
from orchestrator.runs.records import Materialization

_DEFAULT = "io_manager"

#: A node of a location.
_NodeId = tuple[str, str]


def plan_run(  # noqa: PLR0913  what a plan is made of
    graph: AssetGraph,
    keys: Collection[str],
    *,
    materialized: Mapping[str, Materialization],
    job: str | None = None,
    job_location: str = "",
    retry_policy: RetryPolicy | None = None,
    selection: str = "",
    tags: Mapping[str, str] | None = None,
    config: Mapping[str, Any] | None = None,
) -> RunPlan:
    """Turn the assets asked for into steps in dependency order.

    External assets among the keys are left out: nobody computes them. A function that cannot make a part of its assets
    makes all of them, and the plan says so.

    Args:
        graph: the merged workspace, free of problems.
        keys: the assets to materialize.
        materialized: the newest materializations, of at least the upstreams that the run does not make.
        job: the job that asks.
        job_location: the location of that job.
        retry_policy: of that job, for steps without one.
        selection: what was asked for, in the selection language.
        tags: put on the run.
        config: of ops and resources.

    Raises:
        NoValueError: an input needs the value of an asset that stores none.
        MissingResourceError: the IO manager that would load an input is not known where it is needed.
        LoadError: an input may be defined by a code location that failed to load.
        PlanError: a value is needed that was never stored, or functions depend on each other in a circle.
    """
    chosen, notes = _choose_nodes(graph, keys)
    names = _step_keys(chosen)
    parts = split_in_parts(graph, chosen)
    step_keys = {
        (node_id, part): f"{names[node_id]}_{part + 1}" if part else names[node_id] for node_id, part, _ in parts
    }
    made_by = {
        key: step for node_id, part, made in parts for key, step in _makers(graph, made, step_keys[node_id, part])
    }
    problems: list[OrchestratorError] = []
    steps: dict[str, Step] = {}
    for node_id, part, made in parts:
        node = _node(graph, made[0])
        inputs = _inputs_of(graph, node_id, made, whole=len(made) == len(chosen[node_id]))
        problems += input_problems(graph, node_id[0], node)
        problems += _missing_values(graph, node, inputs, made_by, materialized)
        waited = _waited_for(graph, inputs, made, chosen[node_id])
        for step in _node_steps(graph, node_id[0], node, step_keys[node_id, part], inputs, waited, made, made_by):
            steps[step.key] = step
    _raise_all(problems)
    return RunPlan(
        steps=with_retries(_in_order(steps), retry_policy),
        job=job,
        job_location=job_location,
        selection=selection,
        tags=tags or {},
        config=config or {},
        notes=tuple(notes),
    )


def _node_steps(  # noqa: PLR0917  what a plan knows of a node
    graph: AssetGraph,
    location: str,
    node: NodeSnapshot,
    key: str,
    inputs: Sequence[ResolvedInput],
    waited: Sequence[ResolvedInput],
    made: Sequence[str],
    made_by: Mapping[str, str],
) -> Iterator[Step]:
    """The steps that make assets of one node."""
    step_inputs = [_step_input(graph, location, one, made_by) for one in inputs]
    if node.graph is not None:
        wanted = set(made)
        assets = {asset.output: asset for asset in node.assets if asset.key in wanted}
        template = Step(key=key, location=location, node=node.name, source=node.source)
        yield from steps_of_graph(node.graph, template, step_inputs, assets, made_by)
        return
    yield Step(
        key=key,
        location=location,
        node=node.name,
        source=node.source,
        inputs=tuple(step_inputs),
        outputs=_step_outputs(node, made),
        upstream=_upstream_steps(graph, waited, made, key, made_by),
        priority=0 if node.demands is None else priority_of(node.demands.tags, f"`{node.name}`"),
        demands=node.demands,
    )


def plan_job(
    job: JobSnapshot,
    location: str,
    *,
    ops: Collection[str] | None = None,
    tags: Mapping[str, str] | None = None,
    config: Mapping[str, Any] | None = None,
) -> RunPlan:
    """Turn a job of ops into steps in dependency order.

    Args:
        job: the job; it has a graph.
        location: where it is defined.
        ops: paths of the ops to run; all if left out.
        tags: put on the run.
        config: of ops and resources.
    """
    assert job.graph is not None
    template = Step(key="", location=location, node=job.name, source=job.source, in_job=True)
    graph = job.graph
    if ops is not None:
        graph = msgspec.structs.replace(graph, ops=tuple(op for op in graph.ops if op.path in ops))
    steps = {step.key: step for step in steps_of_graph(graph, template, [], {}, {})}
    return RunPlan(
        steps=with_retries(_in_order(steps), job.retry_policy),
        job=job.name,
        job_location=location,
        tags={**job.tags, **(tags or {})},
        config=config or {},
    )


def with_retries(steps: Iterable[Step], policy: RetryPolicy | None) -> tuple[Step, ...]:
    """Steps, those without a retry policy with that of their job."""
    if policy is None:
        return tuple(steps)
    return tuple(
        step
        if step.demands is not None and step.demands.retry_policy is not None
        else msgspec.structs.replace(
            step, demands=msgspec.structs.replace(step.demands or Demands(), retry_policy=policy)
        )
        for step in steps
    )


def _makers(graph: AssetGraph, made: Collection[str], step: str) -> Iterator[tuple[str, str]]:
    """Each asset a node makes, and the step that makes it."""
    node = _node(graph, next(iter(made)))
    if node.graph is None:
        yield from ((key, step) for key in made)
        return
    by_output = {output.graph_output: op.path for op in node.graph.ops for output in op.outputs if output.graph_output}
    for asset in node.assets:
        if asset.key in made:
            yield asset.key, f"{step}.{by_output[asset.output]}"


def input_problems(graph: AssetGraph, location: str, node: NodeSnapshot) -> Iterator[OrchestratorError]:
    """What keeps a node from ever loading its inputs, whatever was materialized."""
    for one in graph.inputs(location, node.name):
        if not one.loads:
            continue
        upstream = graph.assets[one.key]
        valueless = not upstream.external and upstream.snapshot.stores is Stores.NOTHING
        if valueless and one.input_manager_key is None and not spoken().unrecorded_values_may_load:
            yield NoValueError(
                f"`{node.name}` takes the value of `{one.key}`, which stores none",
                hint=f"wait for it without its value: deps=[{one.key!r}]; or let it return a value",
                sources=(node.source, upstream.snapshot.source),
            )
        key = _manager_key(one, upstream)
        if upstream.location not in (location, "") and key != _DEFAULT and key not in _resources(graph, location):
            yield MissingResourceError(
                f"`{node.name}` loads `{one.key}` of location `{upstream.location}` through the resource `{key}`, "
                f"which location `{location}` does not have",
                hint=f'add "{key}" to its resources, or name one: ins={{"{one.name}": AssetIn(input_manager_key=...)}}',
                sources=(node.source, upstream.snapshot.source),
            )


def _choose_nodes(graph: AssetGraph, keys: Collection[str]) -> tuple[dict[_NodeId, list[str]], list[str]]:
    """The nodes that make the keys, each with the keys it makes in this run; in definition order."""
    chosen: dict[_NodeId, list[str]] = {}
    notes = []
    for key in graph.topological(keys):
        asset = graph.assets[key]
        if asset.node is not None:
            chosen.setdefault((asset.location, asset.node.name), []).append(key)
    for node_id, made in chosen.items():
        node = _node(graph, made[0])
        wanted = set(made)
        everything = [asset.key for asset in node.assets]
        added = [key for key in everything if key not in wanted]
        if added and not node.can_subset and spoken().parts_are_refused:
            raise DefinitionError(
                f"`{node.name}` makes {_listed(everything)} together, and only {_listed(made)} is selected",
                hint="select all of them; or let it make a part: can_subset=True",
                sources=(node.source,),
            )
        if added and not node.can_subset:
            chosen[node_id] = everything
            what = "function" if node.graph is None else "graph"
            notes.append(f"`{node.name}` makes {_listed(added)} too: one {what} makes all of them")
    return chosen, notes


def check_parts(graph: AssetGraph, keys: Collection[str]) -> None:
    """Check that the functions that make the keys can make just these, where that is asked for.

    Raises:
        DefinitionError: one cannot.
    """
    if spoken().parts_are_refused:
        _choose_nodes(graph, keys)


def _node(graph: AssetGraph, key: str) -> NodeSnapshot:
    node = graph.assets[key].node
    if node is None:
        raise AssertionError(f"external asset {key} in a plan")
    return node


def _step_keys(nodes: Iterable[_NodeId]) -> dict[_NodeId, str]:
    """Node names, with the location in front where two locations use the same one."""
    counts: dict[str, int] = {}
    for _, name in nodes:
        counts[name] = counts.get(name, 0) + 1
    return {(location, name): name if counts[name] == 1 else f"{location}:{name}" for location, name in nodes}


def _step_input(graph: AssetGraph, location: str, one: ResolvedInput, made_by: Mapping[str, str]) -> StepInput:
    upstream = graph.assets[one.key]
    return StepInput(
        name=one.name,
        key=one.key,
        loads=one.loads,
        io_manager_key=_manager_key(one, upstream),
        in_run=one.key in made_by,
        source=upstream.snapshot.source,
        # the definition is at hand where the upstream's own code is
        metadata={} if upstream.location == location and not upstream.external else upstream.snapshot.metadata,
    )


def _manager_key(one: ResolvedInput, upstream: GraphAsset) -> str:
    return one.input_manager_key or upstream.snapshot.io_manager_key


def _resources(graph: AssetGraph, location: str) -> Collection[str]:
    return graph.locations[location].resources


def _step_outputs(node: NodeSnapshot, made: Collection[str]) -> tuple[StepOutput, ...]:
    wanted = set(made)
    return tuple(
        StepOutput(
            name=asset.output,
            key=asset.key,
            required=asset.required,
            in_memory=asset.value_home is ValueHome.MEMORY,
            code_version=asset.code_version,
        )
        for asset in node.assets
        if asset.key in wanted
    )


def _inputs_of(graph: AssetGraph, node_id: _NodeId, made: Iterable[str], *, whole: bool) -> Sequence[ResolvedInput]:
    """What a node depends on; of what it only waits for, what the assets of one of its calls depend on."""
    inputs = graph.inputs(*node_id)
    if whole:
        return inputs
    needed = {key for asset in made for key in graph.upstream[asset]}
    return [one for one in inputs if one.loads or one.key in needed]


def _waited_for(
    graph: AssetGraph, inputs: Sequence[ResolvedInput], made: Sequence[str], chosen: Sequence[str]
) -> Sequence[ResolvedInput]:
    """The inputs whose steps come first; where missing values are no mistake, a call does not wait for later ones."""
    if len(made) == len(chosen) or not spoken().unrecorded_values_may_load:
        return inputs
    needed = {key for asset in made for key in graph.upstream[asset]}
    return [one for one in inputs if one.key in needed]


def _upstream_steps(
    graph: AssetGraph,
    inputs: Iterable[ResolvedInput],
    made: Iterable[str],
    own: str,
    made_by: Mapping[str, str],
) -> tuple[str, ...]:
    waited = [one.key for one in inputs] + [key for asset in made for key in graph.upstream[asset]]
    found = {made_by[key]: None for key in waited if key in made_by}
    found.pop(own, None)
    return tuple(found)


def _missing_values(
    graph: AssetGraph,
    node: NodeSnapshot,
    inputs: Iterable[ResolvedInput],
    made_by: Mapping[str, str],
    materialized: Mapping[str, Materialization],
) -> Iterator[OrchestratorError]:
    for one in inputs:
        if not one.loads or one.key in made_by or one.input_manager_key is not None:
            continue
        upstream = graph.assets[one.key]
        if not upstream.defined:
            yield LoadError(
                f"`{node.name}` needs `{one.key}`, which may be defined in a code location that failed to load",
                hint="mend that location first: orch list-locations",
                sources=(node.source,),
            )
        elif (
            not upstream.external
            and upstream.snapshot.stores is Stores.VALUE
            and not spoken().unrecorded_values_may_load
        ):
            problem = _missing_value(upstream, materialized.get(one.key))
            if problem:
                yield PlanError(
                    f"`{node.name}` needs the value of `{one.key}`, {problem}, and it is not selected",
                    hint=f"add it: --select '{one.key}'; or all that is upstream: --select '+{node.assets[0].key}'",
                    sources=(node.source, upstream.snapshot.source),
                )


def _missing_value(upstream: GraphAsset, newest: Materialization | None) -> str | None:
    home = upstream.snapshot.value_home
    if home is ValueHome.MEMORY:
        return "which is kept in memory only"
    if home is ValueHome.ELSEWHERE:
        return None
    if newest is None:
        return "which was never materialized"
    return None if newest.stored else f"which stored no value when it was last materialized (run {newest.run_id})"


def _in_order(steps: Mapping[str, Step]) -> Iterator[Step]:
    """Kahn's algorithm; steps that become ready at once come as `order_of_steps` says."""
    waiting = {key: len(step.upstream) for key, step in steps.items()}
    downstream: dict[str, list[str]] = {key: [] for key in steps}
    for key, step in steps.items():
        for upstream in step.upstream:
            downstream[upstream].append(key)
    order = order_of_steps(steps)
    ready = sorted((key for key, count in waiting.items() if count == 0), key=order)
    done = 0
    while done < len(ready):
        key = ready[done]
        done += 1
        yield steps[key]
        freed = []
        for after in downstream[key]:
            waiting[after] -= 1
            if waiting[after] == 0:
                freed.append(after)
        ready += sorted(freed, key=order) if len(freed) > 1 else freed
    if done < len(steps):
        stuck = [step for key, step in steps.items() if waiting[key] > 0]
        raise PlanError(
            f"the functions {_listed(step.node for step in stuck)} wait for each other: "
            "each makes an asset that another needs, though no asset depends on itself",
            hint="split the multi-asset",
            sources=tuple(step.source for step in stuck),
        )


def _raise_all(problems: list[OrchestratorError]) -> None:
    if not problems:
        return
    first = problems[0]
    if len(problems) == 1:
        raise first
    texts = [f"- {str(problem).replace(chr(10), chr(10) + '  ')}" for problem in problems]
    worst = next((problem for problem in problems if isinstance(problem, DefinitionError | LoadError)), first)
    sources: tuple[SourceRef, ...] = ()
    raise type(worst)("\n".join([f"{len(problems)} problems:", *texts]), sources=sources)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(f"`{name}`" for name in names)
