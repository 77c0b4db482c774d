"""A job as `orch show` shows it."""

from typing import Any

import msgspec

from orchestrator.graph.snapshot import GraphSnapshot, JobSnapshot
from orchestrator.reports.job_tree import inputs_in_words, job_tree, outputs_in_words

from .failure import ExitCode, shown
from .session import Session


def show_job(session: Session, location: str, job: JobSnapshot) -> int:
    """Show what a job runs: its node graph as a tree, or the assets it selects. Returns the exit code."""
    keys = session.job_keys_or_none(location, job, tell=True)
    if session.json:
        session.output.data_json(_as_json(location, job, None if keys is None else sorted(keys)))
    else:
        _write(session, location, job, sorted(keys or ()))
    return ExitCode.INVALID if keys is None else ExitCode.OK


def _write(session: Session, location: str, job: JobSnapshot, keys: list[str]) -> None:
    output = session.output
    output.data(f"{output.styled(job.name, 'bold')}  {location}  {shown(job.source)}")
    if job.description:
        output.data("\n".join(f"  {line}" for line in job.description.splitlines()))
    for name, value in job.tags.items():
        output.data(f"  tag {name}={value}")
    if job.graph is None:
        output.data(f"  selects {job.selection}")
        for key in keys:
            output.data(f"  {key}")
    else:
        output.data(_tree(session, job.graph))


def _tree(session: Session, graph: GraphSnapshot) -> str:
    lines = []
    for line in job_tree(graph):
        bars = "".join("    " if last else "│   " for last in line.last[:-1])
        head = f"{bars}{'└── ' if line.last[-1] else '├── '}{session.output.styled(line.name, 'bold')}"
        if line.op is not None:
            words = inputs_in_words(line.op)
            made = outputs_in_words(line.op)
            words += [f"gives {', '.join(made)}"] if made else []
            head += f"  {'; '.join(words)}" if words else ""
        lines.append(head)
    return "\n".join(lines)


def _as_json(location: str, job: JobSnapshot, keys: list[str] | None) -> dict[str, Any]:
    return {
        "job": job.name,
        "location": location,
        "description": job.description,
        "tags": job.tags,
        "source": shown(job.source),
        "selection": job.selection,
        "assets": keys,
        "ops": [] if job.graph is None else [_op_json(op) for op in job.graph.ops],
    }


def _op_json(op: Any) -> dict[str, Any]:
    return {**msgspec.to_builtins(op), "source": shown(op.source)}
