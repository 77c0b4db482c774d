"""`orch run-request`."""

from typing import Annotated

import typer

from orchestrator.errors import OrchestratorError, UnknownNameError
from orchestrator.execution.liveness import this_process
from orchestrator.runs.ticks import RunRequestRecord
from orchestrator.workspace.config_file import GivenConfig

from ..failure import ExitCode
from ..options import RunFormat
from ..run_options import RunOptions
from ..running import run_graph, run_keys
from ..session import Session, new_app, with_session
from .run import job_and_keys

app = new_app()

#: Says which part of the assets a run is about.
_PARTITION_TAG = "dagster/partition"

Id = Annotated[str, typer.Argument(metavar="ID", help="The request.")]


@app.command(epilog="Example: orch run-request 06cpe8zy5n2c41mk. Exit codes: orch help exit-codes")
@with_session
def run_request(session: Session, request_id: Id) -> int:
    """Run what a schedule or sensor requested, unless another process does or did."""
    ticks = session.instance.store.ticks
    request = ticks.request(request_id)
    if request is None:
        raise UnknownNameError(f"there is no run request `{request_id}`", hint="`orch tick` starts what is requested")
    session.graph  # noqa: B018  a request that cannot be read waits until it can
    if request.status != "queued" or not ticks.note_launched(request_id, request.attempts, this_process()):
        session.output.talk(f"run {request.run_id} is the business of another process")
        return ExitCode.OK
    try:
        code = _run(session, request)
    except OrchestratorError as error:
        if session.instance.store.run(request.run_id) is None:
            ticks.note_done(request_id, dropped=error.message)
        raise
    ticks.note_done(request_id)
    return code


def _run(session: Session, request: RunRequestRecord) -> int:
    asked = request.request
    tags = dict(asked.tags) | ({_PARTITION_TAG: asked.partition_key} if asked.partition_key else {})
    config = GivenConfig()
    config.merge(asked.run_config)
    options = RunOptions(
        tag=[f"{name}={value}" for name, value in tags.items()],
        dry_run=False,
        fail_fast=False,
        format=RunFormat.PLAIN,
        config=config,
        run_id=request.run_id,
    )
    if not asked.job:
        return run_keys(session, session.select([asked.selection]), asked.selection, options)
    name = f"{request.location}:{asked.job}"
    location, job = session.graph.job(asked.job, request.location)
    if job.graph is not None:
        return run_graph(session, location, job, options)
    _, where, job_tags, keys = job_and_keys(session, name)
    if asked.selection:
        keys &= session.select([asked.selection])
    return run_keys(session, keys, f"job:{asked.job}", options, job=asked.job, job_location=where, tags=job_tags)
