"""`orch list-jobs`."""

from orchestrator.graph.snapshot import JobSnapshot

from ..failure import ExitCode, shown
from ..options import Format, ListFormat
from ..session import Session, new_app, with_session
from ..tables import render_table
from ..wording import counted

app = new_app()


@app.command(epilog="Example: orch list-jobs --format names")
@with_session
def list_jobs(session: Session, format: Format = ListFormat.TABLE) -> int:  # noqa: A002
    """List the jobs of all code locations, with what they run."""
    jobs = [(location, job) for named in session.graph.jobs.values() for location, job in named]
    if format is ListFormat.JSON:
        session.output.data_json(
            [
                {
                    "name": job.name,
                    "location": location,
                    "selection": job.selection,
                    "assets": _sorted(session.job_keys(location, job)),
                    "ops": None if job.graph is None else [op.path for op in job.graph.ops],
                    "description": job.description,
                    "tags": job.tags,
                    "source": shown(job.source),
                }
                for location, job in jobs
            ]
        )
    elif format is ListFormat.NAMES:
        session.output.data_names(job.name for _, job in jobs)
    else:
        rows = [
            (job.name, location, _count(session, location, job), job.description or job.selection)
            for location, job in jobs
        ]
        output = session.output
        headers = ("JOB", "LOCATION", "RUNS", "DESCRIPTION")
        output.data(render_table(headers, rows, width=output.width, bold=lambda text: output.styled(text, "bold")))
    return ExitCode.INVALID if session.workspace.failures else ExitCode.OK


def _sorted(keys: set[str] | None) -> list[str] | None:
    return None if keys is None else sorted(keys)


def _count(session: Session, location: str, job: JobSnapshot) -> str:
    if job.graph is not None:
        return counted(len(job.graph.ops), "op")
    keys = session.job_keys(location, job)
    return "invalid" if keys is None else counted(len(keys), "asset")
