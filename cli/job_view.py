"""A job as `orch show` shows it."""

from collections.abc import Collection, Sequence
from typing import Any

import msgspec

from orchestrator.definitions.config_schema import ConfigField
from orchestrator.graph.snapshot import GraphSnapshot, JobSnapshot
from orchestrator.reports.config_outline import config_in_short, part_of
from orchestrator.reports.job_tree import inputs_in_words, job_tree, outputs_in_words
from orchestrator.run_configs import describe_run_config, request_for_assets, request_for_job

from .failure import ExitCode, shown
from .session import Session


def show_job(session: Session, location: str, job: JobSnapshot) -> int:
    """Show what a job runs: its node graph as a tree, or the assets it selects. Returns the exit code."""
    keys = session.job_keys_or_none(location, job, tell=True)
    config = _config_of(session, location, job, keys or ())
    if session.json:
        session.output.data_json(_as_json(location, job, None if keys is None else sorted(keys), config))
    else:
        _write(session, location, job, sorted(keys or ()), config)
    return ExitCode.INVALID if keys is None else ExitCode.OK


def _config_of(session: Session, location: str, job: JobSnapshot, keys: Collection[str]) -> ConfigField | None:
    """What config may say to the ops or assets of a job; None if nothing."""
    if job.graph is not None:
        request = request_for_job(location, job)
    else:
        request = request_for_assets(session.graph, keys, job=job.name, job_location=location)
    return part_of(describe_run_config(request, session.workspace), "ops")


def _write(session: Session, location: str, job: JobSnapshot, keys: list[str], config: ConfigField | None) -> None:
    output = session.output
    output.data(f"{output.styled(job.name, 'bold')}  {location}  {shown(job.source)}")
    if job.description:
        output.data("\n".join(f"  {line}" for line in job.description.splitlines()))
    for name, value in job.tags.items():
        output.data(f"  tag {name}={value}")
    if job.graph is None:
        output.data(f"  selects {job.selection}")
        for key in keys:
            node = session.graph.assets[key].node
            words = [] if node is None else [*_needs(config, node.name), *_uses(node.resources)]
            output.data("  ".join(["", key, *(["; ".join(words)] if words else [])]))
    else:
        output.data(_tree(session, job.graph, config))


def _needs(config: ConfigField | None, path: str) -> list[str]:
    """What config may say to an op, in short."""
    found = None if config is None else part_of(config, *path.replace(".", "\0ops\0").split("\0"))
    text = "" if found is None else config_in_short(found)
    return [f"config {text}"] if text else []


def _uses(resources: Sequence[str]) -> list[str]:
    return [f"uses {', '.join(resources)}"] if resources else []


def _tree(session: Session, graph: GraphSnapshot, config: ConfigField | None) -> str:
    lines = []
    for line in job_tree(graph):
        bars = "".join("    " if last else "│   " for last in line.last[:-1])
        head = f"{bars}{'└── ' if line.last[-1] else '├── '}{session.output.styled(line.name, 'bold')}"
        if line.op is not None:
            words = inputs_in_words(line.op)
            made = outputs_in_words(line.op)
            words += [f"gives {', '.join(made)}"] if made else []
            words += [*_needs(config, line.op.path), *_uses(line.op.resources)]
            head += f"  {'; '.join(words)}" if words else ""
        lines.append(head)
    return "\n".join(lines)


def _as_json(location: str, job: JobSnapshot, keys: list[str] | None, config: ConfigField | None) -> dict[str, Any]:
    return {
        "job": job.name,
        "location": location,
        "description": job.description,
        "tags": job.tags,
        "source": shown(job.source),
        "selection": job.selection,
        "assets": keys,
        "config": None if config is None else msgspec.to_builtins(config),
        "ops": [] if job.graph is None else [_op_json(op) for op in job.graph.ops],
    }


def _op_json(op: Any) -> dict[str, Any]:
    return {**msgspec.to_builtins(op), "source": shown(op.source)}
