"""Contexts to evaluate schedules and sensors with in a test."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from orchestrator.definitions.asset_sensors import check_monitored
from orchestrator.errors import DefinitionError
from orchestrator.execution.asset_sensor_context import MultiAssetSensorEvaluationContext
from orchestrator.execution.automation_contexts import ScheduleEvaluationContext, SensorEvaluationContext
from orchestrator.execution.built_resources import BuiltResources
from orchestrator.execution.logs import direct_logger
from orchestrator.execution.run_status_sensing import RunStatusSensorContext


def build_schedule_context(
    instance: Any = None,
    scheduled_execution_time: datetime | None = None,
    resources: Mapping[str, Any] | None = None,
    repository_def: Any = None,
    instance_ref: Any = None,  # noqa: ARG001  a place in Dagster's own processes
) -> ScheduleEvaluationContext:
    """A context to call or evaluate a schedule with.

    Args:
        instance: where runs are recorded.
        scheduled_execution_time: the time it is evaluated for.
        resources: what its function finds in `context.resources`, or takes.
        repository_def: the code location.
        instance_ref: ignored.

    Raises:
        ResourceError: a resource raised while it was started.
    """
    built = BuiltResources(resources, None, instance, "build_schedule_context")
    return ScheduleEvaluationContext(
        scheduled_execution_time, resources=built, instance=instance, definitions=repository_def
    )


def build_sensor_context(  # noqa: PLR0913, PLR0917  the public API
    instance: Any = None,
    cursor: str | None = None,
    repository_name: str | None = None,
    repository_def: Any = None,
    sensor_name: str | None = None,
    resources: Mapping[str, Any] | None = None,
    definitions: Any = None,
    instance_ref: Any = None,  # noqa: ARG001  a place in Dagster's own processes
    last_sensor_start_time: float | None = None,
) -> SensorEvaluationContext:
    """A context to call or evaluate a sensor with.

    Args:
        instance: where runs are recorded.
        cursor: what the last evaluation left.
        repository_name: of the code location.
        repository_def: the older name of `definitions`.
        sensor_name: of the sensor.
        resources: what its function finds in `context.resources`, or takes.
        definitions: the code location.
        instance_ref: ignored.
        last_sensor_start_time: when the sensor was started, in seconds since 1970.

    Raises:
        ArgumentError: `cursor` is no text.
        ResourceError: a resource raised while it was started.
    """
    return SensorEvaluationContext(
        cursor=cursor,
        sensor_name=sensor_name,
        repository_name=repository_name,
        last_start=last_sensor_start_time,
        resources=BuiltResources(resources, None, instance, "build_sensor_context"),
        instance=instance,
        definitions=repository_def if definitions is None else definitions,
    )


def build_multi_asset_sensor_context(
    *,
    monitored_assets: Any,
    cursor_from_latest_materializations: bool = False,
    **common: Any,
) -> MultiAssetSensorEvaluationContext:
    """A context to call or evaluate a sensor of several assets with.

    Args:
        monitored_assets: keys, or an `AssetSelection`.
        cursor_from_latest_materializations: whether what was made so far counts as dealt with.
        common: the parameters of `build_sensor_context`.

    Raises:
        DefinitionError: there is a cursor, and it is to be made too; or there are no definitions.
    """
    if cursor_from_latest_materializations and common.get("cursor"):
        raise DefinitionError("`cursor` is given, and is to be made of the latest materializations", hint="say one")
    if common.get("definitions") is None and common.get("repository_def") is None:
        raise DefinitionError("there are no definitions", hint="definitions=Definitions(...)")
    monitored = check_monitored(monitored_assets, "the context")
    context = build_sensor_context(**common)
    return MultiAssetSensorEvaluationContext(monitored, context, from_latest=cursor_from_latest_materializations)


def build_run_status_sensor_context(  # noqa: PLR0917  the public API
    sensor_name: str,
    dagster_event: Any,
    dagster_instance: Any,
    dagster_run: Any,
    context: Any = None,
    resources: Mapping[str, Any] | None = None,
    partition_key: str | None = None,
    *,
    repository_def: Any = None,
) -> RunStatusSensorContext:
    """A context to call a sensor of runs with.

    Args:
        sensor_name: of the sensor.
        dagster_event: what brought the run to its status.
        dagster_instance: where the run is recorded.
        dagster_run: the run.
        context: one made by `build_sensor_context`, whose logger is used.
        resources: what its function finds in `context.resources`, or takes.
        partition_key: the part of the assets that the run was for.
        repository_def: the code location.

    Raises:
        ResourceError: a resource raised while it was started.
    """
    return RunStatusSensorContext(
        sensor_name=sensor_name,
        run=dagster_run,
        event=dagster_event,
        instance=dagster_instance,
        resources=BuiltResources(resources, None, dagster_instance, "build_run_status_sensor_context"),
        log=direct_logger() if context is None else context.log,
        partition_key=partition_key,
        definitions=repository_def,
    )
