"""What `materialize` and `run` share: from keys to a finished run and its summary."""

import contextlib
import gc
from collections.abc import Collection, Mapping, Sequence
from typing import Any

import msgspec

from orchestrator.definitions.ins_and_outs import DEFAULT_OUTPUT
from orchestrator.definitions.tags import check_run_tags
from orchestrator.errors import LoadError, SelectionError, UsageError
from orchestrator.execution.captured_text import CapturedText
from orchestrator.execution.executors.settings import MULTIPROCESS
from orchestrator.execution.run import RunResult, Subscriber, run_request
from orchestrator.graph.snapshot import JobSnapshot
from orchestrator.instance import Instance
from orchestrator.launch import Capturing, run_in_workspace
from orchestrator.planning.plan import RunPlan, Step, StepInput, ValueSource
from orchestrator.planning.planner import plan_job, plan_run
from orchestrator.reports.forecast import Forecast, earlier_seconds
from orchestrator.reports.progress import Progress
from orchestrator.run_configs import without_unselected
from orchestrator.runs.events import StepSucceeded
from orchestrator.runs.records import Materialization, Run, RunStatus

from .captured import Tee
from .failure import ExitCode, render_error, shown
from .live import view_of
from .options import RunFormat
from .run_config import check_given, located
from .run_executor import executor_of
from .run_options import RunOptions
from .session import Session
from .tables import render_table
from .tally import Tally
from .times import duration
from .wording import counted, time_left


def run_keys(
    session: Session,
    keys: Collection[str],
    selection: str,
    options: RunOptions,
    *,
    job: str | None = None,
    job_location: str = "",
    tags: Mapping[str, str] | None = None,
    allow_empty: bool = False,
) -> int:
    """Plan and run the assets with these keys, show it, and return the exit code.

    Raises:
        SelectionError: no asset that anybody computes is among the keys.
        PlanError: the run cannot work.
        ConfigError: the run config does not fit.
    """  # fmt: skip
    if not any(not session.graph.assets[key].external for key in keys):
        if allow_empty:
            session.output.talk(f"nothing to do: `{selection}` matches no asset")
            return ExitCode.OK
        raise _empty(session, keys, selection)
    policy = None if job is None else session.graph.job(job, job_location)[1].retry_policy
    named = {
        "job": job,
        "job_location": job_location,
        "retry_policy": policy,
        "tags": {**(tags or {}), **run_tags(options.tag)},
    }
    plan, materialized = plan_assets(session, keys, selection, options, named)
    return show_or_run(session, plan, materialized, options)


def run_graph(session: Session, location: str, job: JobSnapshot, options: RunOptions) -> int:
    """Plan and run a job of ops, show it, and return the exit code.

    Raises:
        ConfigError: the run config does not fit.
    """
    plan = plan_job(job, location, tags=run_tags(options.tag), config=options.config.raw)
    return show_or_run(session, plan, {}, options)


def show_or_run(
    session: Session, plan: RunPlan, materialized: Mapping[str, Materialization], options: RunOptions
) -> int:
    """Show a plan, or run it and show that, as the options say; return the exit code.

    Raises:
        ConfigError: the run config does not fit.
    """
    if options.dry_run:
        check_given(session, run_request(plan), options.config)
        _show_plan(session, plan, options.format)
        return ExitCode.OK
    form = options.format
    if form is None:
        # what is not captured would be printed across the live lines, and a debugger could not be used below them
        form = RunFormat.RICH if session.output.moves_cursor and options.capture else RunFormat.PLAIN
    return _run(session, plan, form, materialized, options)


def require_whole_workspace(session: Session) -> None:
    """Refuse to run "everything" while a code location could not be loaded.

    Raises:
        LoadError: one could not.
    """
    if session.workspace.failures:
        names = ", ".join(f"`{one.name}`" for one in session.workspace.failures)
        raise LoadError(f"`*` means all code locations, and {names} cannot be loaded", hint="mend it, or select less")


def _empty(session: Session, keys: Collection[str], selection: str) -> SelectionError:
    if keys:
        return SelectionError(
            f"`{selection}` selects only external assets: {', '.join(sorted(keys)[:5])}",
            hint="no code location computes them",
        )
    return session.no_match(selection)


def run_tags(texts: Sequence[str]) -> dict[str, str]:
    """The tags that `--tag` gives.

    Raises:
        UsageError: one is no pair.
        DefinitionError: one is not valid.
    """
    pairs = [text.partition("=") for text in texts]
    for (name, equals, _), text in zip(pairs, texts, strict=True):
        if not equals or not name:
            raise UsageError(f"--tag takes K=V, got {text!r}")
    return check_run_tags({name: value for name, _, value in pairs}, "the run")


def plan_assets(
    session: Session,
    keys: Collection[str],
    selection: str,
    options: RunOptions,
    named: Mapping[str, Any],
) -> tuple[RunPlan, Mapping[str, Materialization]]:
    """The plan of a run of assets, and what is known of them and of what they need.

    Args:
        session: the command.
        keys: the assets.
        selection: what was asked for.
        options: give the config.
        named: more arguments of `plan_run`.

    Raises:
        PlanError: the run cannot work.
    """
    instance = session.existing_instance
    near = {*keys, *(before for key in keys for before in session.graph.upstream[key])}
    materialized = {} if instance is None else instance.store.materializations(near)
    plan = plan_run(
        session.graph,
        keys,
        materialized=materialized,
        selection=selection,
        **named,
    )
    if options.config.raw:
        config = without_unselected(session.graph, {step.node for step in plan.steps}, options.config.raw)
        plan = msgspec.structs.replace(plan, config=config)
    for note in plan.notes:
        session.output.talk(f"note: {note}")
    return plan, materialized


def _show_plan(session: Session, plan: RunPlan, form: RunFormat | None) -> None:
    output = session.output
    if form is RunFormat.JSON:
        steps = [_step_json(step) for step in plan.pending]
        data: dict[str, Any] = {"selection": plan.selection, "job": plan.job, "tags": plan.tags, "steps": steps}
        if plan.parent_run_id is not None:
            data |= {"parent_run_id": plan.parent_run_id, "done": {key: one.run_id for key, one in plan.done.items()}}
        output.data_json(data)
        return
    rows = [
        (step.key, step.location, ", ".join(step.assets), ", ".join(_input(plan, step, one) for one in step.inputs))
        for step in plan.pending
    ]
    headers = ("STEP", "LOCATION", "MAKES", "NEEDS")
    output.data(render_table(headers, rows, width=output.width, bold=lambda text: output.styled(text, "bold")))
    output.talk(f"{_counts(plan)}; nothing was run")


def _step_json(step: Step) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.to_builtins(step)
    for given, one in zip(data["inputs"], step.inputs, strict=True):
        given["source"] = None if one.source is None else shown(one.source)
    return {**data, "source": shown(step.source), "assets": step.assets}


def _input(plan: RunPlan, step: Step, one: StepInput) -> str:
    if not one.key:
        return ", ".join(_value(plan, step, value) for value in one.values)
    made = one.in_run and (not plan.done or one.key in plan.assets)
    return one.key if made or not one.loads else f"{one.key} (stored)"


def _value(plan: RunPlan, step: Step, value: ValueSource) -> str:
    if value.step in plan.done and not value.collect:
        return f"{value.step} (stored)"
    name = value.step if value.output == DEFAULT_OUTPUT else f"{value.step}.{value.output}"
    if value.collect:
        return f"all of {name}"
    return f"each of {name}" if value.step == step.mapped_over else name


def _run(
    session: Session,
    plan: RunPlan,
    form: RunFormat,
    materialized: Mapping[str, Materialization],
    options: RunOptions,
) -> int:
    executor = executor_of(
        session,
        plan,
        executor=options.executor,
        max_workers=options.max_workers,
        dask_address=options.dask_address,
        isolate_steps=options.isolate_steps,
    )
    instance = session.instance
    instance.mark_dead_runs()
    if executor.name == MULTIPROCESS:
        session.workspace.start_workers()  # before this process has more than one thread
    tally = Tally()
    output = session.output
    talks = form is not RunFormat.JSON and not session.quiet
    seconds = _earlier(instance, plan, materialized) if talks else {}
    headline = _plan_line(plan, seconds, executor.workers) if talks else None
    captured = CapturedText(instance.logs) if options.capture else None
    with contextlib.ExitStack() as at_end:
        at_end.enter_context(located(options.config))
        view = view_of(
            form,
            output,
            plan,
            seconds,
            headline=headline,
            captured=captured,
            verbose=session.verbose,
            quiet=session.quiet,
            log_level=session.log_level,
        )
        at_end.callback(view.close)
        subscribers: list[Subscriber] = [tally, view]
        if captured is not None and session.verbose:
            tee = Tee(captured, view.say, color=output.color(talk=True))
            at_end.callback(tee.close)
            subscribers.insert(0, tee)  # what a step wrote comes before what became of it
        gc.freeze()  # no need to look through all definitions again and again
        gc.enable()  # steps may go on for hours
        result = run_in_workspace(
            plan,
            session.workspace,
            instance,
            executor=executor,
            subscribers=subscribers,
            fail_fast=options.fail_fast,
            on_signal=view.interrupted,
            run_id=options.run_id,
            capturing=Capturing(to_files=options.capture, on_suspend=view.pause, on_resume=view.resume),
        )
    if result.error is not None:
        output.talk(render_error(result.error))
    wanted = session.quiet == 0 or (session.quiet == 1 and result.run.status is not RunStatus.SUCCESS)
    if form is not RunFormat.JSON and wanted:
        _summarize(session, result, plan, tally)
    return _exit_code(result)


def _earlier(instance: Instance, plan: RunPlan, materialized: Mapping[str, Materialization]) -> Mapping[str, float]:
    """How long the steps of a plan took before."""
    succeeded: list[StepSucceeded] = []
    if plan.job is not None and any(not step.assets for step in plan.steps):  # nothing else remembers those
        for run in instance.store.runs(status=RunStatus.SUCCESS, job=plan.job, limit=1):
            events = (stored.event for stored in instance.store.events(run_id=run.run_id, types=("step_succeeded",)))
            succeeded += [event for event in events if isinstance(event, StepSucceeded)]
    return earlier_seconds(plan, {key: one.duration_s for key, one in materialized.items()}, succeeded)


def _plan_line(plan: RunPlan, seconds: Mapping[str, float], workers: int) -> str:
    left = Forecast(Progress(plan), seconds, workers).left(0.0) if sum(seconds.values()) >= 1 else None
    text = time_left(left) if left is not None and left.seconds >= 1 else ""
    return f"plan: {_counts(plan)}{f', {text}' if text else ''}"


def _counts(plan: RunPlan) -> str:
    steps = counted(len(plan.to_run), "step")
    if plan.done:
        steps += f" ({len(plan.done)} more done before)"
    return f"{counted(len(plan.assets), 'asset')} in {steps}" if plan.assets else steps


def _exit_code(result: RunResult) -> int:
    match result.run.status:
        case RunStatus.SUCCESS:
            return ExitCode.OK
        case RunStatus.CANCELED:
            return 128 + (result.signal or 2)
        case _:
            return ExitCode.FAILED


def _summarize(session: Session, result: RunResult, plan: RunPlan, tally: Tally) -> None:
    run, output = result.run, session.output
    words = {"success": "done", "failure": "failed", "canceled": "canceled"}
    styles = {"success": "green", "failure": "red", "canceled": "yellow"}
    counts = _asset_counts(run) if plan.assets else tally.step_counts()
    head = f"{words[run.status]}: {', '.join(counts)} in {duration((run.ended or 0) - run.started)}"
    output.data(output.styled(head, styles[run.status]))
    if run.message is not None and result.error is None:
        output.data(f"  because  it {run.message}")
    for reason, steps in _skips(tally, assets_only=bool(plan.assets)).items():
        output.data(f"  skipped {reason}: {_some(steps)}")
    output.data(f"  run      {run.run_id}")
    output.data(f"  values   {session.instance.storage}")
    if run.status is not RunStatus.SUCCESS:
        output.data(f"  logs     {session.command('runs', 'logs', run.run_id)}")
        output.data(f"  retry    {session.command('retry', run.run_id)}")


def _asset_counts(run: Run) -> list[str]:
    counts = [f"{run.materialized} materialized"]
    counts += [f"{number} {word}" for number, word in ((run.failed, "failed"), (run.skipped, "skipped")) if number]
    left = run.planned - run.materialized - run.failed - run.skipped
    return counts + ([f"{left} not made"] if left > 0 else [])


def _skips(tally: Tally, *, assets_only: bool) -> dict[str, list[str]]:
    """What was skipped, by why; of a run of assets the assets that the summary counts, not the steps of their graphs."""
    found: dict[str, list[str]] = {}
    for event in tally.skipped:
        if assets_only and not event.assets:
            continue
        reason = f"because {event.reason} ({', '.join(event.because)})" if event.because else f"({event.reason})"
        found.setdefault(reason, []).extend(event.assets or (event.step,))
    return found


def _some(names: Sequence[str]) -> str:
    return ", ".join(names[:8]) + (f" and {len(names) - 8} more" if len(names) > 8 else "")
