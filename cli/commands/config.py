"""`orch config`."""

from collections.abc import Mapping
from typing import Annotated, Any

import msgspec
import typer

from orchestrator.errors import UsageError
from orchestrator.execution.run_request import RunRequest
from orchestrator.reports.config_scaffold import render_scaffold
from orchestrator.run_configs import describe_run_config, request_for_assets, request_for_job, without_unselected

from .. import completion
from ..options import ConfigFile, ConfigJson, Exclude, Select, SetConfig
from ..run_config import check_given, given_config
from ..session import Session, new_app, with_session
from .run import job_and_keys

app = new_app()

Job = Annotated[
    str | None, typer.Argument(metavar="[JOB]", help="The job, or LOCATION:JOB.", autocompletion=completion.jobs)
]


@app.callback(no_args_is_help=True, epilog="Example: orch config scaffold etl > etl.yaml")
def config() -> None:
    """Write a run config to start from, or check one."""


@app.command(epilog="Example: orch config scaffold etl > etl.yaml")
@with_session
def scaffold(session: Session, job: Job = None, select: Select = None, exclude: Exclude = None) -> None:
    """Write a run config to start from: every field with its type, default and description."""
    described = describe_run_config(_request(session, job, select, exclude, None), session.workspace)
    if session.json:
        session.output.data_json(msgspec.to_builtins(described))
    else:
        session.output.data(render_scaffold(described).rstrip("\n"))


@app.command(epilog="Example: orch config validate etl --config etl.yaml --set ops.load.config.limit=3")
@with_session
def validate(  # noqa: PLR0917  one parameter per option
    session: Session,
    job: Job = None,
    select: Select = None,
    exclude: Exclude = None,
    config_file: ConfigFile = None,
    config_json: ConfigJson = None,
    set_config: SetConfig = None,
) -> None:
    """Check a run config without running anything; every problem comes with its file and line."""
    given = given_config(config_file, config_json, set_config)
    check_given(session, _request(session, job, select, exclude, given.raw), given)
    session.output.talk("the config is valid")


def _request(
    session: Session,
    job: str | None,
    select: list[str] | None,
    exclude: list[str] | None,
    config: Mapping[str, Any] | None,
) -> RunRequest:
    if job is None and not select:
        raise UsageError("say whose config is meant", hint="name a job, or --select assets")
    if job is None:
        return _of_selected(
            session, request_for_assets(session.graph, session.select(select or (), exclude or ())), config
        )
    if select:
        raise UsageError("a job says what it selects; give the job or --select, not both")
    location, colon, plain = job.rpartition(":")
    where, snapshot = session.graph.job(plain, location if colon else None)
    if snapshot.graph is not None:
        return request_for_job(where, snapshot, config=config)
    *_, keys = job_and_keys(session, job)
    return _of_selected(session, request_for_assets(session.graph, keys, job=snapshot.name, job_location=where), config)


def _of_selected(session: Session, request: RunRequest, config: Mapping[str, Any] | None) -> RunRequest:
    names = {name for nodes in request.nodes.values() for (_, name), _ in nodes}
    return msgspec.structs.replace(request, config=without_unselected(session.graph, names, config or {}))
