"""`orch materialize`."""

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
    Exclude,
    ExecutorOption,
    FailFast,
    IsolateSteps,
    MaxWorkers,
    NoCapture,
    RunFormatOption,
    Select,
    SetConfig,
    Tag,
)
from ..run_config import given_config
from ..running import RunOptions, require_whole_workspace, run_keys
from ..session import Session, new_app, with_session
from .run import job_and_keys

app = new_app()

Job = Annotated[
    str | None, typer.Option("--job", metavar="NAME", help="The assets of a job.", autocompletion=completion.jobs)
]


@app.command(epilog="Example: orch materialize --select '+top_cakes' --fail-fast. Exit codes: orch help exit-codes")
@with_session
def materialize(  # noqa: PLR0913, PLR0917  one parameter per option
    session: Session,
    select: Select = None,
    exclude: Exclude = None,
    job: Job = None,
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
    """Run assets: plan, show progress, record what was made."""
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
    return run_keys(session, keys or set(), text, options, job=job, job_location=where, tags=tags)
