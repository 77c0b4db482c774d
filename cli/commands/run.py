"""`orch run`."""

from collections.abc import Mapping
from typing import Annotated

import typer

from orchestrator.errors import UsageError

from .. import completion
from ..options import AllowEmpty
from ..run_options import RunOptions, with_run_options
from ..running import run_graph, run_keys
from ..session import Session, new_app, with_session

app = new_app()

Job = Annotated[str, typer.Argument(metavar="JOB", help="The job, or LOCATION:JOB.", autocompletion=completion.jobs)]


@app.command(epilog="Example: orch run cake_production --tag team=bakery. Exit codes: orch help exit-codes")
@with_session
@with_run_options
def run(
    session: Session,
    job: Job,
    allow_empty: AllowEmpty = False,
    *,
    options: RunOptions,
) -> int:
    """Run a job."""
    location, colon, plain = job.rpartition(":")
    found, snapshot = session.graph.job(plain, location if colon else None)
    if snapshot.graph is not None:
        return run_graph(session, found, snapshot, options)
    name, where, tags, keys = job_and_keys(session, job)
    return run_keys(
        session, keys, f"job:{name}", options, job=name, job_location=where, tags=tags, allow_empty=allow_empty
    )


def job_and_keys(session: Session, name: str) -> tuple[str, str, Mapping[str, str], set[str]]:
    """A job's name, location, tags and assets.

    Raises:
        UnknownNameError: there is no such job.
        LoadError: what it selects may be in a code location that could not be loaded.
        DefinitionError: it selects what does not exist.
    """
    location, colon, plain = name.rpartition(":")
    where, job = session.graph.job(plain, location if colon else None)
    if job.graph is not None:
        raise UsageError(
            f"job `{job.name}` runs ops, not assets", hint=session.command("run", name), sources=(job.source,)
        )
    return job.name, where, job.tags, session.job_keys(where, job)
