"""`orch retry`."""

from typing import Annotated

import typer

from orchestrator.errors import UsageError
from orchestrator.runs.past import RetryStrategy
from orchestrator.runs.records import RunStatus

from .. import completion
from ..failure import ExitCode
from ..found_run import Last, RunId, find_run
from ..retrying import check_over, retry_run, run_to_continue
from ..run_options import RunOptions, with_run_options
from ..session import Session, new_app, with_session

app = new_app()

FromFailure = Annotated[bool, typer.Option("--from-failure", help="What is not done. The default.")]
Everything = Annotated[bool, typer.Option("--all", help="Everything, as it is defined now.")]
Selected = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        "-s",
        metavar="SEL",
        help="These assets of the run, or ops of its job, done or not. Repeatable.",
        autocompletion=completion.assets,
    ),
]


@app.command(epilog="Example: orch retry --last. Exit codes: orch help exit-codes")
@with_session
@with_run_options
def retry(
    session: Session,
    run_id: RunId = None,
    last: Last = False,
    from_failure: FromFailure = False,
    all: Everything = False,  # noqa: A002
    select: Selected = None,
    *,
    options: RunOptions,
) -> int:
    """Go on with a run that failed, was canceled or was killed; or run parts of a run again."""
    if from_failure + all + bool(select) > 1:
        raise UsageError("--from-failure, --all and --select exclude each other")
    strategy = RetryStrategy.SELECT if select else RetryStrategy.ALL if all else RetryStrategy.FROM_FAILURE
    instance, run = find_run(session, run_id, last=last)
    if strategy is RetryStrategy.FROM_FAILURE:
        run = run_to_continue(session, instance, run)
    check_over(session, run)
    if strategy is RetryStrategy.FROM_FAILURE and run.status is RunStatus.SUCCESS:
        session.output.talk(f"nothing to do: run {run.run_id} succeeded; --all runs everything again")
        return ExitCode.OK
    return retry_run(session, instance, run, options, strategy=strategy, select=select or ())
