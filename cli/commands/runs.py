"""`orch runs`."""

import time
from collections.abc import Sequence
from typing import Annotated, Any

import msgspec
import typer

from orchestrator.errors import UsageError
from orchestrator.execution.captured_text import CapturedText
from orchestrator.instance import Instance
from orchestrator.reports.timeline import Timeline, TimelineStep
from orchestrator.reports.timeline_of import TIMELINE_TYPES, timeline_of
from orchestrator.runs.records import Run, RunStatus

from ..failure import ExitCode
from ..found_run import Last, RunId, find_run
from ..options import Format, ListFormat, LogFormat, ShowFormat
from ..output import Output
from ..run_log import JsonWriter, LogOptions, LogWriter, RawWriter, TextWriter, show_log
from ..session import Session, new_app, with_session
from ..tables import cut, render_table
from ..timeline import critical_path_in_words, render_timeline, workers_in_words
from ..timeline_json import timeline_json
from ..times import duration, iso, local

app = new_app()

#: How often is looked whether a run that was told to stop has, in seconds.
_POLL = 0.05

Limit = Annotated[int, typer.Option("--limit", "-n", min=1, metavar="N", help="At most so many.")]
Status = Annotated[RunStatus | None, typer.Option("--status", help="Only runs that stand so.")]
Now = Annotated[bool, typer.Option("--now", help="At once: do not wait for its running steps.")]
NoWait = Annotated[bool, typer.Option("--no-wait", help="Do not wait until it has stopped.")]
Follow = Annotated[bool, typer.Option("--follow", help="Go on until the run, or the step, has ended.")]
Stdout = Annotated[bool, typer.Option("--stdout", help="Nothing but what the step wrote to stdout, byte for byte.")]
Stderr = Annotated[bool, typer.Option("--stderr", help="Nothing but what the step wrote to stderr, byte for byte.")]
LogFormatOption = Annotated[LogFormat, typer.Option("--format", help="How to write the log.")]
ShowFormatOption = Annotated[ShowFormat, typer.Option("--format", help="How to show the run.")]
All = Annotated[bool, typer.Option("--all", help="Every step, however many there are.")]
Step = Annotated[str | None, typer.Argument(metavar="STEP", help="Only this step.")]

#: Of a run with more steps than this, so many of the slowest, of the critical path and of those that failed are shown.
_MANY, _SHOWN = 60, 20


@app.callback(no_args_is_help=True, epilog="Example: orch runs list --status failure")
def runs() -> None:
    """List runs, show one, read its logs."""


@app.command("list", epilog="Example: orch runs list --status failure -n 5")
@with_session
def list_runs(session: Session, limit: Limit = 20, status: Status = None, format: Format = ListFormat.TABLE) -> None:  # noqa: A002
    """List runs, newest first."""
    instance = session.existing_instance
    if instance is not None:
        instance.mark_dead_runs()
    found = [] if instance is None else instance.store.runs(status=status, limit=limit)
    output = session.output
    if format is ListFormat.JSON:
        output.data_json([_run_json(run) for run in found])
    elif format is ListFormat.NAMES:
        output.data_names(run.run_id for run in found)
    elif not found:
        output.talk("no runs yet")
    else:
        rows = [(run.run_id, run.status, local(run.started), _took(run), _made(run), _what_of(run)) for run in found]
        headers = ("RUN", "STATUS", "STARTED", "TOOK", "ASSETS", "WHAT")
        output.data(render_table(headers, rows, width=output.width, bold=lambda text: output.styled(text, "bold")))


@app.command(epilog="Example: orch runs show --last")
@with_session
def show(
    session: Session,
    run_id: RunId = None,
    last: Last = False,
    all: All = False,  # noqa: A002
    format: ShowFormatOption = ShowFormat.TEXT,  # noqa: A002
) -> None:
    """Show a run: when each step ran and where, the critical path, and what failed."""
    instance, run = find_run(session, run_id, last=last)
    events = instance.store.events(run_id=run.run_id, types=TIMELINE_TYPES)
    timeline = timeline_of((stored.event for stored in events), time.time())
    if format is ShowFormat.JSON:
        session.output.data_json(_run_json(run) | timeline_json(timeline))
        return
    _write_run(session.output, run)
    whole = all or len(timeline.steps) <= _MANY
    _write_timeline(session.output, timeline, timeline.steps if whole else timeline.lead(_SHOWN))
    if run.status in (RunStatus.FAILURE, RunStatus.CANCELED):
        session.output.talk(f"logs:  {session.command('runs', 'logs', run.run_id)}")
        session.output.talk(f"retry: {session.command('retry', run.run_id)}")


def _write_run(output: Output, run: Run) -> None:
    output.data(f"run {run.run_id}  {output.styled(run.status, 'bold')}")
    output.data(f"  what     {_what(run)}")
    if run.parent_run_id is not None:
        first = f", first {run.root_run_id}" if run.root_run_id not in (None, run.parent_run_id) else ""
        output.data(f"  retry of {run.parent_run_id} ({run.retry.replace('_', ' ')}){first}")
    output.data(f"  started  {local(run.started)}" + (f", took {_took(run)}" if run.ended else ""))
    if run.planned:
        counts = f"{run.materialized} materialized, {run.failed} failed, {run.skipped} skipped of {run.planned}"
        output.data(f"  assets   {counts}")
    if run.tags:
        output.data(f"  tags     {', '.join(f'{key}={value}' for key, value in run.tags.items())}")
    if run.message:
        output.data(f"  note     {run.message}")


def _write_timeline(output: Output, timeline: Timeline, steps: Sequence[TimelineStep]) -> None:
    if not steps:
        return
    width = output.width
    output.data(f"  workers  {workers_in_words(timeline)}")
    if timeline.critical_path:
        room = None if width is None else max(20, width - len("  critical "))
        output.data(f"  critical {critical_path_in_words(timeline, room)}")
    output.data("")
    for line in render_timeline(timeline, steps, width=width, styled=output.styled):
        output.data(line)
    for step in steps:
        if step.attempts and step.detail:
            text = " ".join(f"{step.step}: {step.detail}".split())
            output.data(output.styled(text if width is None else cut(text, width), "red"))
    if len(steps) < len(timeline.steps):
        what = "the slowest, the critical path and what failed"
        output.data(f"{len(steps)} of {len(timeline.steps)} steps are shown: {what}; --all shows all")


@app.command(epilog="Example: orch runs logs --last top_cakes --follow")
@with_session
def logs(  # noqa: PLR0917  one parameter per option
    session: Session,
    run_id: RunId = None,
    step: Step = None,
    last: Last = False,
    follow: Follow = False,
    stdout: Stdout = False,
    stderr: Stderr = False,
    format: LogFormatOption = LogFormat.TEXT,  # noqa: A002
) -> None:
    """Read what was logged and printed in a run, and the tracebacks of what failed."""
    if last and run_id is not None and step is None:
        run_id, step = None, run_id
    if (stdout or stderr) and step is None:
        raise UsageError("--stdout and --stderr are for one step", hint="say which: orch runs logs RUN STEP --stdout")
    if stdout and stderr:
        raise UsageError("--stdout and --stderr exclude each other", hint="without them both are shown")
    instance, run = find_run(session, run_id, last=last)
    captured = CapturedText(instance.logs)
    writer: LogWriter
    if stdout or stderr:
        writer = RawWriter(session.output, "stdout" if stdout else "stderr")
    elif format is LogFormat.JSON:
        writer = JsonWriter(session.output, captured)
    else:
        writer = TextWriter(session.output, session.log_level)
    show_log(instance, run, captured, writer, session.output, LogOptions(step=step, follow=follow))


@app.command(epilog="Example: orch runs cancel --last")
@with_session
def cancel(
    session: Session, run_id: RunId = None, last: Last = False, now: Now = False, no_wait: NoWait = False
) -> int:
    """Stop a run that goes on, from another terminal: its steps see the interrupt, its resources are torn down."""
    instance, run = find_run(session, run_id, last=last)
    if run.is_finished:
        raise UsageError(f"run {run.run_id} is over: {run.status}", hint=session.command("runs", "list"))
    instance.interrupt(run, at_once=now)
    if no_wait:
        session.output.talk(f"told run {run.run_id} to stop")
        return ExitCode.OK
    session.output.talk(f"waiting for run {run.run_id} to stop")
    status = _status_at_end(instance, run)
    session.output.data(f"run {run.run_id}  {session.output.styled(status, 'bold')}")
    return ExitCode.OK if status is RunStatus.CANCELED or now else ExitCode.FAILED


def _status_at_end(instance: Instance, run: Run) -> RunStatus:
    """Wait until a run is over."""
    while True:
        instance.mark_dead_runs()
        found = instance.store.run(run.run_id)
        if found is None or found.is_finished:
            return RunStatus.CANCELED if found is None else found.status
        time.sleep(_POLL)


def _made(run: Run) -> str:
    """How many of its assets a run made; nothing if it was of ops."""
    return f"{run.materialized}/{run.planned}" if run.planned else ""


def _run_json(run: Run) -> dict[str, Any]:
    data: dict[str, Any] = msgspec.to_builtins(run)
    ended = None if run.ended is None else iso(run.ended)
    took = None if run.ended is None else run.ended - run.started
    return {**data, "started": iso(run.started), "ended": ended, "duration_s": took}


def _took(run: Run) -> str:
    return "" if run.ended is None else duration(run.ended - run.started)


def _what(run: Run) -> str:
    return f"job {run.job}" if run.job else run.selection


def _what_of(run: Run) -> str:
    """What a run was about, and which run it goes on with or repeats."""
    return _what(run) if run.parent_run_id is None else f"{_what(run)} (retry of {run.parent_run_id})"
