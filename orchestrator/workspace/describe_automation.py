"""From the schedules and sensors of a code location to their snapshots."""

from collections.abc import Iterable, Mapping
from typing import Any

from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.jobs import ALL_ASSETS_JOB
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.needed_resources import needed_resources
from orchestrator.errors import DefinitionError, DuplicateDefinitionError, SelectionError
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.selection import AssetSelection, SelectionScope, read_selection
from orchestrator.graph.snapshot import LocationSnapshot, ScheduleSnapshot, SensorSnapshot
from orchestrator.workspace.describe import describe_assets
from orchestrator.workspace.missing_resources import MissingResources


def describe_automation(
    definitions: Definitions, location: LocationSnapshot, missing: MissingResources
) -> tuple[tuple[ScheduleSnapshot, ...], tuple[SensorSnapshot, ...]]:
    """The schedules and sensors of a code location, as data.

    Args:
        definitions: of the location.
        location: what else it defines.
        missing: told the resources that nobody provides.

    Raises:
        DefinitionError: two have one name, or one is for a job that does not exist.
    """
    items = (*definitions.schedules, *definitions.sensors)
    _check_names(items)
    for item in items:
        _check_job(item, location)
        missing.look(item.required_resource_keys, definitions.resources, item.where, item.source)
        known = item.required_resource_keys & definitions.resources.keys()
        needed_resources({"io_manager": None, **definitions.resources}, sorted(known))
    graph = AssetGraph.build([location]) if spoken().strict_selections else None
    schedules = [_schedule(item, graph) for item in definitions.schedules]
    sensors = [_sensor(item, graph) for item in definitions.sensors]
    return tuple(schedules), tuple(sensors)


def selection_text(definitions: Definitions, selection: AssetSelection) -> str:
    """The selection of a schedule or sensor as text in our own language."""
    if not spoken().strict_selections:
        return str(selection)
    nodes, external = describe_assets(definitions)
    return _in_our_words(selection, AssetGraph.build([LocationSnapshot(name="", nodes=nodes, external=external)]))


def _schedule(item: Any, graph: AssetGraph | None) -> ScheduleSnapshot:
    return ScheduleSnapshot(
        crons=item.crons, timezone=item.execution_timezone or "", target=_targets(item, graph)[0], **_common(item)
    )


def _sensor(item: Any, graph: AssetGraph | None) -> SensorSnapshot:
    return SensorSnapshot(
        kind=item.sensor_type.value.lower(),
        interval_s=item.minimum_interval_seconds,
        targets=_targets(item, graph),
        **_common(item),
    )


def _common(item: Any) -> dict[str, Any]:
    return {
        "name": item.name,
        "source": item.source,
        "default_status": item.default_status.name.lower(),
        "description": item.description or "",
        "tags": item.tags,
        "metadata": item.metadata,
    }


def _targets(item: Any, graph: AssetGraph | None) -> tuple[str, ...]:
    if item.target.selection is not None:
        return (_in_our_words(item.target.selection, graph),)
    return tuple(f"job:{name}" for name in item.target.names)


def _in_our_words(selection: AssetSelection, graph: AssetGraph | None) -> str:
    """A selection as text that means in our dialect what it means in Dagster's, if that is spoken."""
    if graph is None:
        return str(selection)
    scope = SelectionScope(graph)
    try:
        keys = selection.evaluate(scope)
        same = read_selection(str(selection)).evaluate(scope) == keys
    except SelectionError:
        return str(selection)  # whoever runs it is told
    return str(selection) if same else str(AssetSelection.keys(*sorted(keys)))


def _check_names(items: Iterable[Any]) -> None:
    found: dict[str, Any] = {}
    for item in items:
        other = found.setdefault(item.name, item)
        if other is not item:
            raise DuplicateDefinitionError(
                f"{other.where} and {item.where} have one name", hint="rename one", sources=(other.source, item.source)
            )


def _check_job(item: Any, location: LocationSnapshot) -> None:
    names: Mapping[str, Any] = {job.name: job for job in location.jobs}
    name = item.target.job_name
    if name is not None and name not in names and not (name == ALL_ASSETS_JOB and location.nodes):
        raise DefinitionError(
            f"{item.where} is for job `{name}`, which does not exist",
            hint=did_you_mean(name, names),
            sources=(item.source,),
        )
