"""`orch daemon`."""

import signal
import time
from types import FrameType
from typing import Annotated

import typer

from orchestrator.automation.queue import QueueLimits
from orchestrator.automation_loop import EVALUATION_TIMEOUT
from orchestrator.daemon import Daemon
from orchestrator.errors import UsageError

from ..automation import run_command
from ..failure import ExitCode
from ..session import Session, new_app, with_session
from ..times import local
from .tick import MaxCatchup, MaxRuns

app = new_app()

Limit = Annotated[
    list[str] | None,
    typer.Option(
        "--limit",
        metavar="WHAT=N",
        help="At once: job:NAME=N, location:NAME=N, tag:KEY=N or tag:KEY=VALUE=N. Repeatable.",
    ),
]
Timeout = Annotated[
    float, typer.Option("--evaluation-timeout", min=0.1, metavar="SECONDS", help="How long an evaluation may take.")
]


@app.command(epilog="Example: orch daemon --max-runs 8 --limit job:cakes=1. Exit codes: orch help exit-codes")
@with_session
def daemon(
    session: Session,
    max_catchup: MaxCatchup = 1,
    max_runs: MaxRuns = 4,
    limit: Limit = None,
    evaluation_timeout: Timeout = EVALUATION_TIMEOUT,
) -> int:
    """Evaluate schedules and sensors and run what they request, until it is stopped (SIGTERM, Ctrl-C)."""

    def say(line: str) -> None:
        session.output.talk(f"{local(time.time())}  {line}")

    limits = QueueLimits(runs=max_runs, named=named_limits(limit or ()))
    made = Daemon(
        session.settings,
        session.instance,
        run_command(session),
        limits,
        say,
        max_catchup=max_catchup,
        timeout_s=evaluation_timeout,
    )
    received: list[int] = []

    def on_signal(number: int, _frame: FrameType | None) -> None:
        received.append(number)
        made.stop()

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, on_signal)
    owner = made.run()
    if owner:
        session.output.talk(f"{owner} evaluates schedules and sensors of this home; there can be one")
        return ExitCode.FAILED
    say("stopped; runs that were started go on")
    return 128 + received[0]


def named_limits(texts: list[str] | tuple[str, ...]) -> dict[str, int]:
    """What `--limit` says.

    Raises:
        UsageError: one says nothing.
    """
    found = {}
    for text in texts:
        name, _, number = text.rpartition("=")
        if not name.startswith(("job:", "location:", "tag:")) or not number.isdecimal():
            raise UsageError(f"`{text}` is no limit", hint="--limit job:cakes=1, or tag:database=2")
        found[name] = int(number)
    return found
