"""From a run that was recorded to a run that goes on with it."""

from collections.abc import Mapping, Sequence

import msgspec

from orchestrator.errors import LoadError, OrchestratorError, PlanError, UsageError
from orchestrator.execution.executors.settings import IN_PROCESS, MULTIPROCESS
from orchestrator.graph.op_selection import select_ops
from orchestrator.graph.snapshot import JobSnapshot
from orchestrator.instance import Instance
from orchestrator.planning.plan import RunPlan
from orchestrator.planning.planner import plan_job
from orchestrator.planning.retry import plan_retry
from orchestrator.runs.events import RunStarted
from orchestrator.runs.past import Past, RetryStrategy, newest_of_chain, read_past
from orchestrator.runs.records import EPHEMERAL_JOB, Materialization, Run

from .run_options import RunOptions
from .running import plan_assets, run_tags, show_or_run
from .session import Session


def run_to_continue(session: Session, instance: Instance, run: Run) -> Run:
    """The run itself, or the newest of those that went on with it: nothing they did is to be done again."""
    newest = instance.store.run(newest_of_chain(instance.store.runs(), run.run_id))
    if newest is None or newest.run_id == run.run_id:
        return run
    session.output.talk(f"note: run {newest.run_id} went on with run {run.run_id}; this goes on from there")
    return newest


def check_over(session: Session, run: Run) -> None:
    """Refuse to go on with a run that goes on by itself.

    Raises:
        UsageError: it is not over; says who runs it.
    """
    if not run.is_finished:
        raise UsageError(
            f"run {run.run_id} is still running: process {run.pid} of {run.host}",
            hint=f"wait for it, or stop it: {session.command('runs', 'cancel', run.run_id)}",
        )


def retry_run(
    session: Session,
    instance: Instance,
    run: Run,
    options: RunOptions,
    *,
    strategy: RetryStrategy,
    select: Sequence[str] = (),
) -> int:
    """Plan and run what is to be repeated of a run, show it, and return the exit code.

    Args:
        session: the command.
        instance: where the run is recorded.
        run: the run; it is over.
        options: what the user said besides; config and tags are put on top of those of the run.
        strategy: what to repeat.
        select: for `SELECT`, which assets or ops.

    Raises:
        PlanError: the definitions changed so that the run cannot go on.
        SelectionError: what is selected does not exist.
        ConfigError: the run config does not fit.
    """
    past = read_past(instance.store, run.run_id)
    options = _as_before(options, run)
    tags = {**run.tags, **run_tags(options.tag)}
    first = past.first
    job = _job_of(session, first)
    materialized: Mapping[str, Materialization] = {}
    if job is not None and job[1].graph is not None:
        location, snapshot = job
        plan = plan_job(snapshot, location, tags=tags, config=options.config.raw)
        selected = select_ops(job[1].graph, select) if select else set()
    else:
        plan, materialized = _asset_plan(session, past, job, options, tags, whole=strategy is RetryStrategy.ALL)
        keys = session.select(select) if select else set()
        _check_part(keys, first)
        selected = {step.key for step in plan.steps if keys.intersection(step.at_stake)}
    lost = {key for one in past.done.values() for key in one.materialized}.difference(materialized)
    retry = plan_retry(plan, past, strategy, selected=selected, lost=lost)
    for note in retry.notes[len(plan.notes) :]:
        session.output.talk(f"note: {note}")
    return show_or_run(session, retry, materialized, options)


def _as_before(options: RunOptions, run: Run) -> RunOptions:
    """Options with the config of the run below the config given, and its executor if none is asked for."""
    changes: dict[str, object] = {"config": options.config.on_top_of(run.run_config)}
    asked = options.executor or options.max_workers or options.dask_address or options.isolate_steps
    if not asked and run.executor != IN_PROCESS:
        changes["executor"] = run.executor
        if run.executor == MULTIPROCESS:
            changes["max_workers"] = run.max_workers
    return msgspec.structs.replace(options, **changes)


def _job_of(session: Session, first: RunStarted) -> tuple[str, JobSnapshot] | None:
    if first.job is None or first.job == EPHEMERAL_JOB:
        return None
    known = first.job_location in session.graph.locations
    try:
        return session.graph.job(first.job, first.job_location if known else None)
    except OrchestratorError as error:
        raise PlanError(
            f"run {first.run_id} was of job `{first.job}`, and now {error.message}", hint=error.hint
        ) from None


def _asset_plan(
    session: Session,
    past: Past,
    job: tuple[str, JobSnapshot] | None,
    options: RunOptions,
    tags: Mapping[str, str],
    *,
    whole: bool,
) -> tuple[RunPlan, Mapping[str, Materialization]]:
    """Everything the first run was about, as it is defined now."""
    first = past.first
    there = [key for key in first.assets if key in session.graph.assets and not session.graph.assets[key].external]
    gone = sorted(set(first.assets).difference(there))
    if gone and session.workspace.failures:
        names = ", ".join(f"`{one.name}`" for one in session.workspace.failures)
        raise LoadError(f"`{gone[0]}` may be in {names}, which cannot be loaded", hint="mend that code location first")
    if gone and (whole or not there):
        raise PlanError(
            f"run {first.run_id} made {', '.join(f'`{key}`' for key in gone)}, which nobody defines any more"
        )
    named = {
        "job": None if job is None else job[1].name,
        "job_location": "" if job is None else job[0],
        "retry_policy": None if job is None else job[1].retry_policy,
        "tags": tags,
    }
    try:
        return plan_assets(session, there, first.selection, options, named)
    except PlanError as error:
        hint = "it was no part of the run: make it first, with orch materialize"
        raise type(error)(error.message, hint=hint, sources=error.sources) from None


def _check_part(keys: set[str], first: RunStarted) -> None:
    """Refuse a selection of what was no part of the run.

    Raises:
        UsageError: it is not.
    """
    others = sorted(keys.difference(first.assets))
    if others:
        raise UsageError(
            f"run {first.run_id} did not make {', '.join(f'`{key}`' for key in others[:5])}",
            hint="a retry repeats parts of a run; to run something else: orch materialize",
        )
