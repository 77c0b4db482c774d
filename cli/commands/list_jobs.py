"""`orch list-jobs`."""

from orchestrator.errors import SelectionError
from orchestrator.graph.selection import job_keys

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
                    "assets": sorted(_keys(session, location, job.selection)),
                    "description": job.description,
                    "tags": job.tags,
                    "source": shown(job.source),
                }
                for location, job in jobs
            ]
        )
    elif format is ListFormat.NAMES:
        session.output.data("\n".join(job.name for _, job in jobs))
    else:
        rows = [
            (job.name, location, str(len(_keys(session, location, job.selection))), job.description or job.selection)
            for location, job in jobs
        ]
        output = session.output
        headers = ("JOB", "LOCATION", "ASSETS", "DESCRIPTION")
        output.data(render_table(headers, rows, width=output.width, bold=lambda text: output.styled(text, "bold")))
    return ExitCode.INVALID if session.workspace.failures else ExitCode.OK


def _keys(session: Session, location: str, selection: str) -> set[str]:
    try:
        return job_keys(session.scope, location, selection)
    except SelectionError:  # `orch check` says what is wrong; a listing lists
        return set()
