"""`orch check`."""

from collections.abc import Iterator
from typing import Annotated, Any

import typer

from orchestrator.errors import DefinitionError, OrchestratorError, SelectionError
from orchestrator.graph.selection import SelectionFacts, SelectionScope, job_keys
from orchestrator.graph.snapshot import Lint
from orchestrator.planning.planner import input_problems

from ..failure import ExitCode, error_json, failure_json, render_error, shown
from ..session import Session, new_app, with_session
from ..wording import counted

app = new_app()

Strict = Annotated[bool, typer.Option("--strict", help="Warnings are errors.")]


@app.command(epilog="Example: orch check --strict. Exit codes: 0 valid, 3 not (orch help exit-codes)")
@with_session
def check(session: Session, strict: Strict = False) -> int:
    """Validate every definition of every code location without running anything."""
    workspace = session.workspace
    problems = [*workspace.graph.problems, *_problems(session)]
    lints = workspace.graph.lints()
    bad = bool(workspace.failures or problems or (strict and lints))
    if session.json:
        failures = [failure_json(one) for one in workspace.failures]
        session.output.data_json(
            {
                "valid": not bad,
                "errors": failures + [error_json(one) for one in problems],
                "warnings": [_lint_json(one) for one in lints],
            }
        )
    else:
        session.tell_failures()
        for problem in problems:
            session.output.talk(render_error(problem))
        for lint in lints:
            session.output.talk(_render_lint(lint))
        session.output.data(_summary(session, len(problems), len(lints)))
    return ExitCode.INVALID if bad else ExitCode.OK


def _problems(session: Session) -> Iterator[OrchestratorError]:
    """What only a run would find: inputs that can never be loaded, jobs that select what does not exist."""
    graph = session.workspace.graph
    for location in graph.locations.values():
        for node in location.nodes:
            yield from input_problems(graph, location.name, node)
        for job in location.jobs:
            # states of assets come and go: a job that asks for them is not wrong
            scope = SelectionScope(graph, facts=lambda: SelectionFacts((), ()))
            try:
                job_keys(scope, location.name, job)
            except SelectionError as error:
                if not graph.failed_locations:
                    yield DefinitionError(
                        f"job `{job.name}` of location `{location.name}`: {error.message}",
                        hint=error.hint,
                        sources=(job.source,),
                    )


def _render_lint(lint: Lint) -> str:
    hint = f"\nhint: {lint.hint}" if lint.hint else ""
    return f"warning: {lint.message}\n  at {shown(lint.source)}{hint}"


def _lint_json(lint: Lint) -> dict[str, Any]:
    return {"message": lint.message, "hint": lint.hint, "locations": [shown(lint.source)]}


def _summary(session: Session, problems: int, warnings: int) -> str:
    workspace = session.workspace
    assets = sum(not one.external for one in workspace.graph.assets.values())
    counts = [counted(len(workspace.locations), "code location"), counted(assets, "asset")]
    counts.append(counted(sum(map(len, workspace.graph.jobs.values())), "job"))
    errors = problems + len(workspace.failures)
    result = "valid" if not errors else counted(errors, "error")
    tail = f", {counted(warnings, 'warning')}" if warnings else ""
    return f"{', '.join(counts)}: {result}{tail}"
