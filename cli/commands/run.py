"""`orch run`."""

from collections.abc import Mapping
from typing import Annotated

import typer

from orchestrator.errors import UsageError

from .. import completion
from ..options import (
    AllowEmpty,
    ConfigFile,
    ConfigJson,
    DaskAddress,
    DryRun,
    ExecutorOption,
    FailFast,
    IsolateSteps,
    MaxWorkers,
    NoCapture,
    RunFormatOption,
    SetConfig,
    Tag,
)
from ..run_config import given_config
from ..running import RunOptions, run_graph, run_keys
from ..session import Session, new_app, with_session

app = new_app()

Job = Annotated[str, typer.Argument(metavar="JOB", help="The job, or LOCATION:JOB.", autocompletion=completion.jobs)]


@app.command(epilog="Example: orch run cake_production --tag team=bakery. Exit codes: orch help exit-codes")
@with_session
def run(  # noqa: PLR0913, PLR0917  one parameter per option
    session: Session,
    job: Job,
    executor: ExecutorOption = None,
    max_workers: MaxWorkers = None,
    dask_address: DaskAddress = None,
    isolate_steps: IsolateSteps = False,
    tag: Tag = None,
    config: ConfigFile = None,
    config_json: ConfigJson = None,
    set_config: SetConfig = None,
    dry_run: DryRun = False,
    fail_fast: FailFast = False,
    allow_empty: AllowEmpty = False,
    no_capture: NoCapture = False,
    format: RunFormatOption = None,  # noqa: A002
) -> int:
    """Run a job."""
    options = RunOptions(
        tag=tag or (),
        dry_run=dry_run,
        fail_fast=fail_fast,
        allow_empty=allow_empty,
        format=format,
        capture=not no_capture,
        executor=executor,
        max_workers=max_workers,
        dask_address=dask_address,
        isolate_steps=isolate_steps,
        config=given_config(config, config_json, set_config),
    )
    location, colon, plain = job.rpartition(":")
    found, snapshot = session.graph.job(plain, location if colon else None)
    if snapshot.graph is not None:
        return run_graph(session, found, snapshot, options)
    name, where, tags, keys = job_and_keys(session, job)
    return run_keys(session, keys, f"job:{name}", options, job=name, job_location=where, tags=tags)


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
