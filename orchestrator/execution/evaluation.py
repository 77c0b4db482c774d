"""Evaluating schedules and sensors: what they ask for, made plain and checked. Nothing is recorded here."""

import contextlib
import logging
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from inspect import isgenerator
from typing import Any
from zoneinfo import ZoneInfo

import msgspec
from msgspec import Struct

from orchestrator.definitions.automation import Automation, check_resources
from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.env import secrets
from orchestrator.definitions.run_requests import RunRequest, SensorResult, SkipReason
from orchestrator.definitions.schedules import ScheduleDefinition
from orchestrator.definitions.sensors import SensorDefinition
from orchestrator.errors import ArgumentError, DefinitionError, ErrorInfo, InvariantError, UserCodeError
from orchestrator.execution.automation_contexts import (
    ScheduleEvaluationContext,
    SensorEvaluationContext,
    StartedResources,
)
from orchestrator.execution.log_manager import LogManager
from orchestrator.execution.resources import open_resources
from orchestrator.execution.run_status_sensing import SENSOR_TAG
from orchestrator.graph.selection import AssetSelection
from orchestrator.runs.queries import reported_event
from orchestrator.runs.requests import RunRequestData
from orchestrator.workspace.describe_automation import selection_text
from orchestrator.workspace.frames import error_info
from orchestrator.workspace.messages import EvaluateTick, TickResult

#: Put on runs that a schedule requests.
SCHEDULE_TAG = "dagster/schedule_name"
_EMPTY = "the function asked for nothing"


class Evaluation(Struct, frozen=True, kw_only=True):
    """What a schedule or sensor asks for."""

    run_requests: list[RunRequest] = []
    #: Why there are none; None if there are, or nobody said why.
    skip_message: str | None = None
    #: What the cursor is from now on.
    cursor: str | None = None
    #: What is to be recorded of assets.
    asset_events: list[Any] = []
    dynamic_partitions_requests: list[Any] = []


def evaluate(definitions: Definitions, request: EvaluateTick, instance: Any) -> TickResult | ErrorInfo:
    """Evaluate a schedule or sensor of a code location, as data. What user code prints goes to stderr.

    Args:
        definitions: the code location.
        request: which one, and when.
        instance: where runs are recorded; None if nothing ever was.
    """
    log: list[str] = []
    try:
        with contextlib.redirect_stdout(sys.stderr):
            return _evaluated(definitions, request, instance, log)
    except (Exception, SystemExit) as error:  # noqa: BLE001  the boundary to user code
        users = error.__cause__ if isinstance(error, UserCodeError) else None
        return error_info(users or error)


def _evaluated(definitions: Definitions, request: EvaluateTick, instance: Any, log: list[str]) -> TickResult:
    is_schedule = request.kind == "schedule"
    item = (definitions.get_schedule_def if is_schedule else definitions.get_sensor_def)(request.name)
    with open_resources(definitions.resources, item.required_resource_keys, {}, instance=instance) as started:
        common = {
            "resources": StartedResources(started),
            "instance": instance,
            "definitions": definitions,
            "log": _logger(item, log),
        }
        error = None
        if is_schedule:
            scheduled = _moment(request.scheduled, item.execution_timezone)
            found = evaluate_schedule(item, ScheduleEvaluationContext(scheduled, **common))
        else:
            context = SensorEvaluationContext(
                cursor=request.cursor,
                sensor_name=item.name,
                last_run_key=request.last_run_key,
                last_tick=request.last_tick,
                **common,
            )
            found = evaluate_sensor(item, context)
            error = context.error
    return TickResult(
        requests=tuple(_data(definitions, item, one) for one in found.run_requests),
        skip_reason="" if found.run_requests else secrets.redact(found.skip_message or _EMPTY),
        cursor=found.cursor,
        log=tuple(log),
        asset_events=tuple(reported_event(one) for one in found.asset_events),
        error=None if error is None else error_info(error),
    )


def evaluate_schedule(item: ScheduleDefinition, context: ScheduleEvaluationContext) -> Evaluation:
    """What a schedule asks for. See `ScheduleDefinition.evaluate_tick`."""
    resources = context.built_resources.by_key
    check_resources(item.required_resource_keys, resources, item.where)
    answers = _each(item.evaluate(context, resources))
    for one in answers:
        if not isinstance(one, RunRequest | SkipReason):
            raise DefinitionError(
                f"{item.where} answered with {one!r:.60}", hint="RunRequest, SkipReason, run config or nothing"
            )
    found = _sorted_out(item, answers)
    if len(found.run_requests) > 1 and not all(one.run_key for one in found.run_requests):
        raise DefinitionError(f"{item.where} requests several runs without saying what for", hint="run_key=...")
    return _checked(item, found, SCHEDULE_TAG)


def evaluate_sensor(item: SensorDefinition, context: SensorEvaluationContext) -> Evaluation:
    """What a sensor asks for. See `SensorDefinition.evaluate_tick`."""
    resources = context.built_resources.by_key
    check_resources(item.required_resource_keys, resources, item.where)
    answers = _each(item.evaluate(context, resources))
    for one in answers:
        if not isinstance(one, RunRequest | SkipReason | SensorResult):
            raise InvariantError(
                f"{item.where} answered with {one!r:.60}", hint="RunRequest, SkipReason, SensorResult or nothing"
            )
    results = [one for one in answers if isinstance(one, SensorResult)]
    if results and len(answers) > 1:
        raise DefinitionError(f"{item.where} answered with a SensorResult and more", hint="put all into the result")
    found = _of_result(item, results[0], context) if results else _sorted_out(item, answers)
    if found.run_requests and item.target.is_nothing:
        raise InvariantError(f"{item.where} requests a run and is for nothing", hint="job=..., or target=[assets]")
    cursor = results[0].cursor if results and results[0].cursor else context.cursor
    return msgspec.structs.replace(_checked(item, found, SENSOR_TAG), cursor=cursor)


def _of_result(item: SensorDefinition, result: SensorResult, context: SensorEvaluationContext) -> Evaluation:
    if result.cursor and context.cursor_updated:
        raise InvariantError(
            f"{item.where} set its cursor, and answered with another", hint="update_cursor or SensorResult(cursor=)"
        )
    requests = list(result.run_requests or ())
    reason = result.skip_reason.skip_message if isinstance(result.skip_reason, SkipReason) else None
    return Evaluation(
        run_requests=requests,
        skip_message=None if requests else reason or _EMPTY,
        asset_events=list(result.asset_events or ()),
    )


def _each(answer: Any) -> list[Any]:
    """What a function answered, one by one; nothing is nothing."""
    if answer is None:
        return []
    return list(answer) if isinstance(answer, list) or isgenerator(answer) else [answer]


def _sorted_out(item: Automation, answers: Iterable[RunRequest | SkipReason]) -> Evaluation:
    requests = [one for one in answers if isinstance(one, RunRequest)]
    reasons = [one for one in answers if isinstance(one, SkipReason)]
    if len(reasons) + bool(requests) > 1:
        what = (
            "several reasons to request nothing" if not requests else "requests, and with a reason to request nothing"
        )
        raise ArgumentError(f"{item.where} answered with {what}", hint="one or the other")
    if reasons:
        return Evaluation(skip_message=reasons[0].skip_message)
    return Evaluation(run_requests=requests, skip_message=None if requests else _EMPTY)


def _checked(item: Automation, found: Evaluation, tag: str) -> Evaluation:
    """The same, if every request is for what the schedule or sensor is for; its runs say whose they are."""
    names = (item.job_name,) if item.target.selection is not None else item.target.names
    for one in found.run_requests:
        if one.job_name is None and len(names) > 1:
            raise InvariantError(f"{item.where} requests a run and names none of its jobs", hint="job_name=...")
        if one.job_name is not None and one.job_name not in names:
            raise InvariantError(
                f"{item.where} requests a run of job `{one.job_name}`",
                hint=f"it is for {', '.join(f'`{name}`' for name in names)}",
            )
    tagged = [msgspec.structs.replace(one, tags={**one.tags, tag: item.name}) for one in found.run_requests]
    return msgspec.structs.replace(found, run_requests=tagged)


def _data(definitions: Definitions, item: Automation, request: RunRequest) -> RunRequestData:
    keys = None if request.asset_selection is None else AssetSelection.keys(*request.asset_selection)
    if item.target.selection is None:
        job, selection = request.job_name or item.target.names[0], "" if keys is None else str(keys)
    else:
        job, selection = "", selection_text(definitions, item.target.selection)
        if keys is not None:
            selection = f"({selection}) and ({keys})"
    return RunRequestData(
        run_key=request.run_key,
        job=job,
        selection=selection,
        run_config=request.run_config,
        tags=request.tags,
        partition_key=request.partition_key,
    )


def _moment(seconds: float, zone: str | None) -> datetime:
    return datetime.fromtimestamp(seconds, ZoneInfo(zone) if zone else UTC)


def _logger(item: Automation, lines: list[str]) -> LogManager:
    """A logger whose lines are kept with the tick."""
    logger = LogManager(f"orch.{item.automation_kind}.{item.name}")

    def keep(record: logging.LogRecord) -> bool:
        lines.append(secrets.redact(f"{record.levelname} {record.getMessage()}"))
        return False

    logger.addFilter(keep)
    return logger
