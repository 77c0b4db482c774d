"""`orch materialize`."""

from collections.abc import Mapping
from typing import Annotated

import typer

from orchestrator.errors import UsageError

from .. import completion
from ..options import AllowEmpty, Exclude, Select
from ..run_options import RunOptions, with_run_options
from ..running import require_whole_workspace, run_keys
from ..session import Session, new_app, with_session
from .run import job_and_keys

app = new_app()

Job = Annotated[
    str | None, typer.Option("--job", metavar="NAME", help="The assets of a job.", autocompletion=completion.jobs)
]


@app.command(epilog="Example: orch materialize --select '+top_cakes' --fail-fast. Exit codes: orch help exit-codes")
@with_session
@with_run_options
def materialize(
    session: Session,
    select: Select = None,
    exclude: Exclude = None,
    job: Job = None,
    allow_empty: AllowEmpty = False,
    *,
    options: RunOptions,
) -> int:
    """Run assets: plan, show progress, record what was made."""
    if not select and job is None:
        raise UsageError("say what to materialize", hint="--select '*' for everything, or --job NAME")
    where = ""
    tags: Mapping[str, str] = {}
    keys = session.select(select, exclude or ()) if select else None
    if job is not None:
        job, where, tags, of_job = job_and_keys(session, job)
        keys = of_job if keys is None else keys & of_job
        keys -= session.selection(exclude).evaluate(session.scope) if exclude else set()
    text = session.selection_text(select or ()) if select else f"job:{job}"
    if text.strip() == "*":
        require_whole_workspace(session)
    return run_keys(
        session, keys or set(), text, options, job=job, job_location=where, tags=tags, allow_empty=allow_empty
    )
