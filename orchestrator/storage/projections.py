"""What events do to records (pure): the one place that says it, for all stores."""

from collections.abc import Callable, Iterable

import msgspec
from msgspec import Struct

from orchestrator.runs.events import (
    AssetMaterialized,
    AssetWiped,
    Event,
    RunDeleted,
    RunFinished,
    RunStarted,
    RunTagged,
    StepFailed,
)
from orchestrator.runs.records import Materialization, Run, RunStatus


class RecordChanges(Struct, frozen=True):
    """What a batch of events changes: the new state of each record it touches, None if the record goes."""

    #: By run id, in the order the runs started; None if its record goes.
    runs: dict[str, Run | None]
    #: Asset to the id of the event of its newest materialization.
    materialized: dict[str, int | None]
    #: Asset whose newest attempt failed to the run that failed it.
    failed: dict[str, str | None]


def record_changes(events: Iterable[tuple[int, Event]], find_run: Callable[[str], Run | None]) -> RecordChanges:
    """Add up a batch of events.

    Args:
        events: with their ids, in order.
        find_run: looks up a run that started before the batch.
    """
    changes = RecordChanges({}, {}, {})
    for number, event in events:
        match event:
            case AssetMaterialized():
                changes.materialized[event.asset] = number
                changes.failed[event.asset] = None
            case StepFailed():
                changes.failed.update(dict.fromkeys(event.assets, event.run_id))
            case AssetWiped():
                changes.materialized[event.asset] = None
                changes.failed[event.asset] = None
            case RunStarted():
                changes.runs[event.run_id] = _started(event)
            case RunFinished() | RunTagged():
                known = event.run_id in changes.runs
                run = changes.runs[event.run_id] if known else find_run(event.run_id)
                if run is not None:
                    changes.runs[event.run_id] = _after(run, event)
            case RunDeleted():
                changes.runs[event.run_id] = None
            case _:
                pass
    return changes


def materialization_of(event: AssetMaterialized) -> Materialization:
    """The record of a materialization."""
    return Materialization(
        key=event.asset,
        run_id=event.run_id,
        timestamp=event.timestamp,
        step=event.step,
        duration_s=event.duration_s,
        stored=event.stored,
        metadata=event.metadata,
        tags=event.tags,
        data_version=event.data_version,
        code_version=event.code_version,
        location=event.location,
        description=event.description,
        partition=event.partition,
    )


def materializations_of(events: Iterable[Event]) -> dict[str, Materialization]:
    """The records of materializations, by asset."""
    return {event.asset: materialization_of(event) for event in events if isinstance(event, AssetMaterialized)}


def _started(event: RunStarted) -> Run:
    return Run(
        run_id=event.run_id,
        status=RunStatus.STARTED,
        started=event.timestamp,
        job=event.job,
        selection=event.selection,
        tags=event.tags,
        run_config=event.config,
        planned=len(event.assets),
        parent_run_id=event.parent_run_id,
        root_run_id=event.root_run_id,
        retry=event.retry,
        executor=event.executor,
        max_workers=event.max_workers,
        host=event.host,
        pid=event.pid,
        process_token=event.process_token,
    )


def _after(run: Run, event: RunFinished | RunTagged) -> Run:
    if isinstance(event, RunTagged):
        return msgspec.structs.replace(run, tags={**run.tags, **event.tags})
    return msgspec.structs.replace(
        run,
        status=event.status,
        ended=event.timestamp,
        materialized=event.materialized,
        failed=event.failed,
        skipped=event.skipped,
        message=event.message,
    )
