"""What earlier runs have done, for a run that continues or repeats one of them.

    events of a run and of those it continues ──> Past ──> planning/retry.py ──> RunPlan.done ──> RunState

A step is done if its success was recorded; whatever else was recorded of it does not count. Runs form a chain: a run that
goes on from a failure records only what it did itself, so what is done is what it did and what was done before it.
"""

from collections.abc import Iterable, Iterator, Mapping
from enum import StrEnum

from msgspec import Struct

from orchestrator.errors import UnknownRunError
from orchestrator.runs.events import (
    AssetMaterialized,
    AssetObserved,
    Event,
    OutputProduced,
    RunStarted,
    StepSkipped,
    StepStarted,
    StepSucceeded,
)
from orchestrator.runs.records import Run
from orchestrator.runs.store import EventStore

_TYPES = (
    "run_started",
    "step_started",
    "output_produced",
    "asset_materialized",
    "asset_observed",
    "step_succeeded",
    "step_skipped",
)


class RetryStrategy(StrEnum):
    """What a run repeats of its parent."""

    #: What was not done.
    FROM_FAILURE = "from_failure"
    #: Everything.
    ALL = "all"
    #: Some steps, done or not.
    SELECT = "select"


class DoneStep(Struct, frozen=True, kw_only=True):
    """A step whose success was recorded, and what it made."""

    step: str
    #: The run that did it, and that its values are loaded from.
    run_id: str
    duration_s: float = 0.0
    #: Outputs that are no assets, and the mapping keys of dynamic ones, in the order they came.
    outputs: tuple[tuple[str, str | None], ...] = ()
    #: Assets that were materialized, or only looked at.
    materialized: tuple[str, ...] = ()
    observed: tuple[str, ...] = ()


class Past(Struct, frozen=True, kw_only=True):
    """What a run, and the runs it continues, have done."""

    #: The run itself.
    run_id: str
    #: The first run of all.
    root_run_id: str
    #: How the first run of the chain began: it says what there was to do.
    first: RunStarted
    #: The steps that the run was to do, a mapped one once, and the fingerprint of what each took and made.
    planned: Mapping[str, str]
    #: By key, copies each.
    done: Mapping[str, DoneStep]
    #: Of what is done, the fingerprint of what it took and made.
    wiring: Mapping[str, str]
    #: Steps that were left out because what they need was not produced.
    unfed: frozenset[str]

    def done_by(self, step: str) -> str:
        """The run that did a step, or the first copy of it."""
        return next(one.run_id for key, one in self.done.items() if template_of(key) == step)


def template_of(step: str) -> str:
    """The step that a copy for one value of a dynamic output was made of; of another step, itself."""
    return step.partition("[")[0]


def read_past(store: EventStore, run_id: str) -> Past:
    """What a run has done, with all that it builds on.

    Raises:
        UnknownRunError: the run, or one that it continues, is not in the store.
        StoreError: the store failed.
    """
    chain: list[list[Event]] = []
    wanted: str | None = run_id
    while wanted is not None:
        events = [stored.event for stored in store.events(run_id=wanted, types=_TYPES)]
        started = next((event for event in events if isinstance(event, RunStarted)), None)
        if started is None:
            missing = "there is no run" if wanted == run_id else f"run `{run_id}` continues a run that is gone:"
            raise UnknownRunError(f"{missing} `{wanted}`")
        chain.append(events)
        wanted = started.parent_run_id if started.retry in _CONTINUING else None
    return past_of(reversed(chain))


_CONTINUING = (RetryStrategy.FROM_FAILURE, RetryStrategy.SELECT)


def past_of(chain: Iterable[Iterable[Event]]) -> Past:
    """Add up the events of runs, each of which continues the one before; as far as they go."""
    past: Past | None = None
    for events in chain:
        run = list(events)
        started = next(event for event in run if isinstance(event, RunStarted))
        past = _after(past, started, run)
    assert past is not None, "a chain of no runs"
    return past


def newest_of_chain(runs: Iterable[Run], run_id: str) -> str:
    """The run that goes on from a run, or from one that does, and was started last.

    Args:
        runs: all runs, newest first.
        run_id: the run.
    """
    later: dict[str, str] = {}
    for run in runs:
        if run.parent_run_id is not None and run.retry == RetryStrategy.FROM_FAILURE:
            later.setdefault(run.parent_run_id, run.run_id)
    while run_id in later:
        run_id = later[run_id]
    return run_id


def _after(before: Past | None, started: RunStarted, events: list[Event]) -> Past:
    done = {one.step: one for one in _successes(events)}
    unfed = {event.step for event in events if isinstance(event, StepSkipped) and event.reason == "not produced"}
    planned = started.wiring
    if before is None:
        return Past(
            run_id=started.run_id,
            root_run_id=started.root_run_id or started.run_id,
            first=started,
            planned=planned,
            done=done,
            wiring=planned,
            unfed=frozenset(unfed),
        )
    continues = started.retry == RetryStrategy.FROM_FAILURE
    kept = {key: one for key, one in before.done.items() if continues or template_of(key) not in planned}
    return Past(
        run_id=started.run_id,
        root_run_id=before.root_run_id,
        first=before.first,
        planned={**before.planned, **planned} if continues else planned,
        done={**kept, **done},
        wiring={**before.wiring, **planned},
        unfed=frozenset((before.unfed | unfed) - done.keys()),
    )


def _successes(events: Iterable[Event]) -> Iterator[DoneStep]:
    """The steps that ended well, each with what its last attempt made."""
    outputs: dict[str, list[tuple[str, str | None]]] = {}
    materialized: dict[str, list[str]] = {}
    observed: dict[str, list[str]] = {}
    for event in events:
        match event:
            case StepStarted():  # what a failed attempt made does not count
                for made in (outputs, materialized, observed):
                    made.pop(event.step, None)
            case OutputProduced():
                outputs.setdefault(event.step, []).append((event.output, event.mapping_key))
            case AssetMaterialized():
                materialized.setdefault(event.step, []).append(event.asset)
            case AssetObserved():
                observed.setdefault(event.step, []).append(event.asset)
            case StepSucceeded():
                yield DoneStep(
                    step=event.step,
                    run_id=event.run_id,
                    duration_s=event.duration_s,
                    outputs=tuple(outputs.pop(event.step, ())),
                    materialized=tuple(materialized.pop(event.step, ())),
                    observed=tuple(observed.pop(event.step, ())),
                )
            case _:
                pass
