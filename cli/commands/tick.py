"""`orch tick`."""

import time
from typing import Annotated

import typer

from orchestrator.automation.queue import QueueLimits
from orchestrator.automation.timetable import MAX_CATCHUP, Timetable
from orchestrator.automation_loop import (
    LEASE,
    Evaluator,
    Launcher,
    RunOutcome,
    asker,
    holder,
    recover,
    take_lease,
)
from orchestrator.runs.records import RunStatus
from orchestrator.runs.ticks import TickRecord

from ..automation import At, find_item, run_command, tick_in_words, time_of, what_of
from ..failure import ExitCode
from ..session import Session, new_app, with_session
from ..times import local

app = new_app()

Only = Annotated[str | None, typer.Option("--only", metavar="NAME", help="Nothing but this schedule or sensor.")]
NoWait = Annotated[bool, typer.Option("--no-wait", help="Start the runs and do not wait for them.")]
MaxCatchup = Annotated[
    int,
    typer.Option(
        "--max-catchup",
        min=0,
        metavar="N",
        envvar="ORCH_MAX_CATCHUP",
        help="Of the ticks that a schedule missed, the newest N.",
    ),
]
MaxRuns = Annotated[
    int, typer.Option("--max-runs", min=1, metavar="N", envvar="ORCH_MAX_RUNS", help="So many runs at once.")
]


@app.command(epilog="Example: orch tick --only daily --no-wait. Exit codes: orch help exit-codes")
@with_session
def tick(
    session: Session,
    at: At = None,
    only: Only = None,
    no_wait: NoWait = False,
    max_catchup: MaxCatchup = MAX_CATCHUP,
    max_runs: MaxRuns = 4,
) -> int:
    """Evaluate the schedules and sensors that are due, once, and run what they request."""
    now = time_of(at)
    chosen = None if only is None else find_item(session, only).id
    session.tell_failures()
    instance, output = session.instance, session.output
    ticks, me = instance.store.ticks, holder()
    owner = take_lease(ticks, me, time.time())
    if owner != me:
        output.talk(f"nothing was done: {owner} evaluates schedules and sensors of this home")
        return ExitCode.OK
    timetable = Timetable(session.workspace.locations, max_catchup)
    try:
        recover(instance)
        evaluator = Evaluator(instance, timetable, asker(session.workspace, instance))
        recorded = evaluator.evaluate_due(now, chosen)
    finally:
        ticks.release(LEASE, me)
    for one in recorded:
        output.data(f"{one.name}  {tick_in_words(one)}{_why(one)}")
    failed = any(one.status == "failed" for one in recorded)
    outcomes = _run_requests(session, max_runs, no_wait=no_wait)
    if not recorded and not outcomes:
        following = timetable.next_due(evaluator.states(), now)
        output.talk("nothing is due" + (f"; next at {local(following)}" if following is not None else ""))
    failed = failed or any(one.status is not RunStatus.SUCCESS for one in outcomes)
    if session.workspace.failures:
        return ExitCode.INVALID
    return ExitCode.FAILED if failed else ExitCode.OK


def _why(one: TickRecord) -> str:
    because = " ".join((one.error or one.reason).split())
    return f": {because}" if because else ""


def _run_requests(session: Session, max_runs: int, *, no_wait: bool) -> list[RunOutcome]:
    """Run what is queued; what has become of it, if that is waited for."""
    launcher = Launcher(session.instance, run_command(session), QueueLimits(runs=max_runs))
    output = session.output
    if no_wait:
        for request in launcher.start_alone():
            what = what_of(request.request.job, request.request.selection)
            output.data(f"run {request.run_id}  started  {what} ({request.name})")
        return []
    outcomes: list[RunOutcome] = []

    def told(outcome: RunOutcome) -> None:
        outcomes.append(outcome)
        request = outcome.request
        became = outcome.status or request.message or "could not be started"
        output.data(
            f"run {request.run_id}  {became}  {what_of(request.request.job, request.request.selection)} ({request.name})"
        )

    launcher.wait(told)
    return outcomes
