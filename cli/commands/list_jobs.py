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
    keys = [session.job_keys_or_none(*one, tell=True) for one in jobs]
    if format is ListFormat.JSON:
        session.output.data_json(
            [
                {
                    "name": job.name,
                    "location": location,
                    "selection": job.selection,
                    "assets": None if selected is None else sorted(selected),
                    "ops": None if job.graph is None else [op.path for op in job.graph.ops],
                    "description": job.description,
                    "tags": job.tags,
                    "source": shown(job.source),
                }
                for (location, job), selected in zip(jobs, keys, strict=True)
            ]
        )
    elif format is ListFormat.NAMES:
        session.output.data_names(job.name for _, job in jobs)
    else:
        rows = [
            (job.name, location, _count(job, selected), job.description or job.selection)
            for (location, job), selected in zip(jobs, keys, strict=True)
        ]
        output = session.output
        headers = ("JOB", "LOCATION", "RUNS", "DESCRIPTION")
        output.data(render_table(headers, rows, width=output.width, bold=lambda text: output.styled(text, "bold")))
    return ExitCode.INVALID if session.workspace.failures or None in keys else ExitCode.OK


def _count(job: JobSnapshot, keys: set[str] | None) -> str:
    if job.graph is not None:
        return counted(len(job.graph.ops), "op")
    return "invalid" if keys is None else counted(len(keys), "asset")
