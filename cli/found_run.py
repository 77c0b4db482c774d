"""The run that a command is about."""

from typing import Annotated

import typer

from orchestrator.errors import UnknownRunError, UsageError
from orchestrator.instance import Instance
from orchestrator.runs.records import Run

from .session import Session

RunId = Annotated[str | None, typer.Argument(metavar="RUN", help="Its id, or the beginning of it.")]
Last = Annotated[bool, typer.Option("--last", help="The newest run.")]


def find_run(session: Session, run_id: str | None, *, last: bool) -> tuple[Instance, Run]:
    """The run with an id that begins so, or the newest; runs whose process is gone are marked before.

    Raises:
        UnknownRunError: there is none.
        UsageError: there are several, or nothing says which.
    """
    instance = session.existing_instance
    if instance is None:
        raise UnknownRunError(f"there are no runs in {session.home}", hint="run something first: orch materialize")
    instance.mark_dead_runs()
    if run_id is None and not last:
        raise UsageError("say which run", hint="give its id, or --last")
    found = instance.store.runs(id_prefix=run_id or "", limit=2 if run_id else 1)
    exact = [run for run in found if run.run_id == run_id]
    if len(exact or found) == 1:
        return instance, (exact or found)[0]
    if found:
        raise UsageError(f"several runs begin with `{run_id}`", hint="give more of the id")
    raise UnknownRunError(
        f"there is no run `{run_id}`" if run_id else "there are no runs yet", hint=session.command("runs", "list")
    )
