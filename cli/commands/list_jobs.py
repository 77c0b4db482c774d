"""`orch list-jobs`."""

from ..failure import ExitCode, shown
from ..options import Format, ListFormat
from ..session import Session, new_app, with_session
from ..tables import render_table

app = new_app()


@app.command(epilog="Example: orch list-jobs --format names")
@with_session
def list_jobs(session: Session, format: Format = ListFormat.TABLE) -> int:  # noqa: A002
    """List the jobs of all code locations, with what they select."""
    jobs = [(location, job) for named in session.graph.jobs.values() for location, job in named]
    if format is ListFormat.JSON:
        session.output.data_json(
            [
                {
                    "name": job.name,
                    "location": location,
                    "selection": job.selection,
                    "assets": _sorted(session.job_keys(location, job.selection)),
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
            (job.name, location, _count(session.job_keys(location, job.selection)), job.description or job.selection)
            for location, job in jobs
        ]
        output = session.output
        headers = ("JOB", "LOCATION", "ASSETS", "DESCRIPTION")
        output.data(render_table(headers, rows, width=output.width, bold=lambda text: output.styled(text, "bold")))
    return ExitCode.INVALID if session.workspace.failures else ExitCode.OK


def _sorted(keys: set[str] | None) -> list[str] | None:
    return None if keys is None else sorted(keys)


def _count(keys: set[str] | None) -> str:
    return "invalid" if keys is None else str(len(keys))
