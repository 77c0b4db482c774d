"""From the definitions of a code location to its snapshot."""

from collections.abc import Collection, Iterator, Mapping
from typing import Any

import msgspec

from orchestrator.definitions.asset_jobs import AssetJob
from orchestrator.definitions.assets import AssetInput, AssetOutput, AssetsDefinition
from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.executors import ExecutorDefinition, multi_or_in_process_executor
from orchestrator.definitions.graphs import GraphDefinition
from orchestrator.definitions.io import loads_values, stores_values
from orchestrator.definitions.jobs import JobDefinition
from orchestrator.definitions.keys import AssetKey, key_text
from orchestrator.definitions.metadata import describe_metadata
from orchestrator.definitions.needed_resources import check_nested_fields, needed_resources
from orchestrator.definitions.ops import OpDefinition
from orchestrator.definitions.specs import AssetSpec
from orchestrator.definitions.upward import fetch
from orchestrator.errors import (
    DefinitionError,
    DuplicateDefinitionError,
    InvocationError,
    SelectionError,
)
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.selection import AssetSelection, SelectionScope, read_selection
from orchestrator.graph.snapshot import (
    AssetSnapshot,
    ExecutorChoice,
    GraphSnapshot,
    InputSnapshot,
    JobSnapshot,
    Lint,
    LocationSnapshot,
    NodeSnapshot,
    Stores,
    ValueHome,
)
from orchestrator.workspace.flatten import check_job, demands_of, flatten_graph, placed_ops
from orchestrator.workspace.missing_resources import MissingResources
from orchestrator.workspace.returns import ReturnReader

_DEFAULT = "io_manager"


def describe_location(name: str, definitions: Definitions) -> LocationSnapshot:
    """What a code location defines, as data.

    Raises:
        DefinitionError: a resource is missing, or a job's selection cannot be read.
    """
    resources = definitions.resources
    lints: list[Lint] = []
    missing = MissingResources()
    own: dict[str, AssetsDefinition] = {}
    specs = (item for item in definitions.assets if isinstance(item, AssetSpec))
    loaders = {key_text(spec.key): spec.io_manager_key for spec in specs if spec.io_manager_key is not None}
    for item in definitions.assets:
        if isinstance(item, AssetsDefinition):
            having = _available(item, resources, own) if item.resource_defs else resources
            _check_resources(item, having, loaders, missing)
            lints.extend(_lints(item))
    _check_nested(definitions)
    nodes, external = describe_assets(definitions)
    jobs = [_job(job, resources, missing) for job in definitions.jobs]
    missing.refuse()
    if spoken().strict_selections and jobs:
        graph = AssetGraph.build([LocationSnapshot(name=name, nodes=nodes, external=external)])
        jobs = [_in_our_words(snapshot, job, graph) for snapshot, job in zip(jobs, definitions.jobs, strict=True)]
    location = LocationSnapshot(
        name=name,
        nodes=nodes,
        external=external,
        jobs=tuple(jobs),
        resources=tuple(sorted({_DEFAULT, *resources})),
        lints=tuple(lints),
        executor=_executor(definitions.executor, None),
    )
    return (
        _with_automation(location, definitions, missing) if definitions.schedules or definitions.sensors else location
    )


def _with_automation(
    location: LocationSnapshot, definitions: Definitions, missing: MissingResources
) -> LocationSnapshot:
    describe = fetch("workspace.describe_automation", "describe_automation")  # most locations have none
    schedules, sensors = describe(definitions, location, missing)
    missing.refuse()
    return msgspec.structs.replace(location, schedules=schedules, sensors=sensors)


def describe_assets(definitions: Definitions) -> tuple[tuple[NodeSnapshot, ...], tuple[AssetSnapshot, ...]]:
    """The functions that make assets, and the assets that are made elsewhere, as data."""
    resources = definitions.resources
    reader = ReturnReader()
    nodes: list[NodeSnapshot] = []
    external: list[AssetSnapshot] = []
    for item in definitions.assets:
        if isinstance(item, AssetSpec):
            if not item.gives_way or item.key not in _made(definitions):
                external.append(_external_asset(item))
        else:
            nodes.append(_node(item, {**resources, **item.resource_defs} if item.resource_defs else resources, reader))
    return tuple(nodes), tuple(external)


def _made(definitions: Definitions) -> set[AssetKey]:
    return {key for item in definitions.assets if isinstance(item, AssetsDefinition) for key in item.keys}


def _node(item: AssetsDefinition, resources: dict[str, Any], reader: ReturnReader) -> NodeSnapshot:
    node = item.node
    graph = None
    stores = Stores.VALUE
    if isinstance(node, GraphDefinition):
        graph = _graph(node, f"`{item.name}`", resources)
        keys: Collection[str] = {key for op in graph.ops for key in op.resources}
    else:
        keys = node.required_resource_keys
        if reader.returns_no_value(node.function):
            stores = Stores.NOTHING
    return NodeSnapshot(
        name=item.name,
        source=item.source,
        assets=tuple([_asset(output, resources, stores) for output in item.outputs]),
        inputs=tuple([_input(one) for one in item.inputs]),
        can_subset=item.can_subset,
        observes=item.observes,
        demands=demands_of(node, node.tags, f"`{item.name}`") if isinstance(node, OpDefinition) else None,
        graph=graph,
        resources=tuple(sorted(keys)) if keys else (),
    )


def _input(item: AssetInput) -> InputSnapshot:
    return InputSnapshot(
        name=item.name,
        keys=item.keys,
        loads=item.loads,
        optional=item.optional,
        input_manager_key=item.input_manager_key,
    )


def _graph(graph: GraphDefinition, where: str, resources: Mapping[str, Any]) -> GraphSnapshot:
    snapshot = flatten_graph(graph, where)
    managers = {output.io_manager_key for op in snapshot.ops for output in op.outputs}
    in_memory = [key for key in sorted(managers) if getattr(resources.get(key), "value_home", "") == ValueHome.MEMORY]
    return msgspec.structs.replace(snapshot, in_memory=tuple(in_memory)) if in_memory else snapshot


def _asset(output: AssetOutput, resources: dict[str, Any], stores: Stores) -> AssetSnapshot:
    spec = output.spec
    manager = resources.get(output.io_manager_key)
    return AssetSnapshot(
        key=key_text(spec.key),
        source=spec.source,
        output=output.name,
        deps=output.deps,
        group=spec.group_name or "default",
        kinds=spec.kind_names,
        owners=spec.owners,
        tags=spec.plain_tags,
        description=spec.description or "",
        metadata=describe_metadata(spec.metadata) if spec.metadata else {},
        code_version=spec.code_version,
        required=output.required,
        stores=Stores.NOTHING if output.stores_nothing else stores,
        io_manager_key=output.io_manager_key,
        value_home=ValueHome.HOME if manager is None else ValueHome(getattr(manager, "value_home", "elsewhere")),
    )


def _external_asset(spec: AssetSpec) -> AssetSnapshot:
    return AssetSnapshot(
        key=key_text(spec.key),
        source=spec.source,
        deps=tuple(key_text(dep) for dep in spec.dep_keys),
        group=spec.group_name or "default",
        kinds=spec.kind_names,
        owners=spec.owners,
        tags=spec.plain_tags,
        description=spec.description or "",
        metadata=describe_metadata(spec.metadata) if spec.metadata else {},
        code_version=spec.code_version,
        io_manager_key=spec.io_manager_key or _DEFAULT,
        value_home=ValueHome.ELSEWHERE,
    )


def _executor(executor: ExecutorDefinition | None, run_config: Any) -> ExecutorChoice | None:
    """An executor with its config: its own, else what the job's run config says."""
    given = run_config.get("execution") if isinstance(run_config, Mapping) else None
    if executor is None:
        return None if given is None else ExecutorChoice(name=multi_or_in_process_executor.kind, config=given)
    config = given if executor.config is None or callable(executor.config) else executor.config
    return ExecutorChoice(name=executor.kind, config=config)


def _job(job: AssetJob | JobDefinition, resources: Mapping[str, Any], missing: MissingResources) -> JobSnapshot:
    common: dict[str, Any] = {
        "name": job.name,
        "source": job.source,
        "description": job.description or "",
        "tags": job.run_tags,
        "executor": _executor(job.executor, job.config),
        "retry_policy": job.retry_policy,
    }
    if isinstance(job, JobDefinition):
        having = {**resources, **job.resource_defs}
        _look_at_job(job, having, missing)
        return JobSnapshot(
            graph=_graph(job.graph, f"job `{job.name}`", having), given_inputs=tuple(job.input_values), **common
        )
    try:
        selection = "*" if job.selection is None else str(AssetSelection.from_coercible(job.selection))
    except SelectionError as error:
        raise DefinitionError(
            f"the selection of job `{job.name}` is not valid: {error}", sources=(job.source,)
        ) from None
    return JobSnapshot(selection=selection, **common)


def _in_our_words(snapshot: JobSnapshot, job: AssetJob | JobDefinition, graph: AssetGraph) -> JobSnapshot:
    """The snapshot of a job, whose selection means in our dialect what it means in Dagster's: else it lists the keys."""
    if isinstance(job, JobDefinition) or job.selection is None:
        return snapshot
    scope = SelectionScope(graph)
    try:
        keys = job.selection.evaluate(scope)
    except SelectionError:
        return snapshot  # whoever runs the job is told
    try:
        same = read_selection(snapshot.selection).evaluate(scope) == keys
    except SelectionError:
        same = False
    return snapshot if same else msgspec.structs.replace(snapshot, selection=str(AssetSelection.keys(*sorted(keys))))


def describe_job(job: JobDefinition, resources: Mapping[str, Any]) -> JobSnapshot:
    """What a job of ops says, as data.

    Raises:
        DefinitionError: an input can get its value from nowhere, or a resource is missing.
    """
    check_job(job)
    missing = MissingResources()
    described = _job(job, resources, missing)
    missing.refuse()
    return described


def check_job_resources(job: JobDefinition, resources: Mapping[str, Any]) -> None:
    """Refuse a job whose ops ask for resources that nobody provides.

    Raises:
        MissingResourceError: names the ops and the resources.
    """
    missing = MissingResources()
    _look_at_job(job, resources, missing)
    missing.refuse()


def _look_at_job(job: JobDefinition, resources: Mapping[str, Any], missing: MissingResources) -> None:
    for placed in placed_ops(job.graph):
        op = placed.op
        needed = op.required_resource_keys | {out.io_manager_key for out in op.outs.values()}
        needed |= {one.input_manager_key for one in op.ins.values() if one.input_manager_key is not None}
        needed |= {key for hook in placed.hooks | job.hooks for key in hook.required_resource_keys}
        missing.look(needed, resources, f"op `{placed.path}` of job `{job.name}`", op.source)


def _available(
    item: AssetsDefinition, resources: Mapping[str, Any], owners: dict[str, AssetsDefinition]
) -> dict[str, Any]:
    """The resources of assets that bring some of their own; `owners` has who brought each before."""
    for key, resource in item.resource_defs.items():
        if key in resources:
            raise InvocationError(
                f"`{item.name}` brings resource `{key}` itself, and is given another",
                hint="leave out one of them",
                sources=(item.source,),
            )
        owner = owners.setdefault(key, item)
        if owner.resource_defs[key] is not resource:
            raise DuplicateDefinitionError(
                f"resource `{key}` of `{item.name}` is another than that of `{owner.name}`",
                sources=(owner.source, item.source),
            )
    return {**resources, **item.resource_defs}


def _check_nested(definitions: Definitions) -> None:
    """Refuse resources that require others which nobody provides."""
    resources = {_DEFAULT: None, **definitions.resources}
    check_nested_fields(resources)
    items = [item for item in definitions.assets if isinstance(item, AssetsDefinition)]
    if len(resources) > 1:
        keys = {key for item in items for key in item.required_resource_keys}
        needed_resources(resources, sorted(keys & resources.keys()))


def _check_resources(
    item: AssetsDefinition, resources: dict[str, Any], loaders: Mapping[str, str], missing: MissingResources
) -> None:
    """Look for resources that nobody provides; `loaders` load the values of assets made elsewhere."""
    loads = {one.input_manager_key for one in item.inputs if one.input_manager_key is not None}
    if loaders:
        plain = [one for one in item.inputs if one.loads and one.input_manager_key is None]
        loads |= {loaders[key] for one in plain for key in one.keys if key in loaders}
    missing.look({*item.required_resource_keys} | loads, resources, f"`{item.name}`", item.source)
    stores = {output.io_manager_key for output in item.outputs}
    for key in sorted(key for key in stores | loads if key in resources):
        _check_io_manager(key, resources[key], item, stores=key in stores)


def _check_io_manager(key: str, manager: object, item: AssetsDefinition, *, stores: bool) -> None:
    if stores_values(manager) if stores else loads_values(manager):
        return
    hint = "give an instance, not the class" if isinstance(manager, type) else "subclass IOManager"
    if hasattr(manager, "resource_fn"):
        hint = "make it with @io_manager, not @resource"
    raise DefinitionError(
        f"resource `{key}` is used as {'IO' if stores else 'input'} manager of `{item.name}` but is {manager!r:.80}",
        hint=hint,
        sources=(item.source,),
    )


def _lints(item: AssetsDefinition) -> Iterator[Lint]:
    """Dependencies that are allowed and probably not meant."""
    loaded = {one.name: one for one in item.inputs if one.loads}
    for one in item.inputs:
        last = one.keys[0].rpartition("/")[2]
        if not one.loads and last in loaded and loaded[last].keys[0] != one.keys[0]:
            yield Lint(
                message=f"`{item.name}` depends on `{one.keys[0]}` (deps) and on `{loaded[last].keys[0]}` (parameter)",
                source=item.source,
                hint=f'to load the first: ins={{"{last}": AssetIn(key="{one.keys[0]}")}}',
            )
    metadata: Collection[str] = item.outputs[0].spec.metadata if item.outputs else ()
    if "owner" in metadata and not item.outputs[0].spec.owners:
        yield Lint(
            message=f"`{item.name}` names an owner in its metadata",
            source=item.source,
            hint='owners=["team:NAME"] is searchable',
        )
