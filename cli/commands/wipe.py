"""`orch wipe`."""

import sys
import time
from typing import Annotated

import typer

from orchestrator.errors import UsageError
from orchestrator.io_managers.filesystem import FilesystemIOManager
from orchestrator.runs.events import AssetWiped

from .. import completion
from ..failure import ExitCode
from ..options import DryRun, Select
from ..session import Session, new_app, with_session
from ..wording import counted

app = new_app()

Keys = Annotated[list[str] | None, typer.Argument(metavar="[KEY]...", help="Assets.", autocompletion=completion.assets)]
All = Annotated[bool, typer.Option("--all", help="Everything that was ever materialized.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask.")]


@app.command(epilog="Example: orch wipe top_cakes --yes")
@with_session
def wipe(
    session: Session,
    keys: Keys = None,
    select: Select = None,
    all: All = False,  # noqa: A002
    yes: Yes = False,
    dry_run: DryRun = False,
) -> int:
    """Forget that assets were materialized and remove the values that orch keeps for them."""
    if not keys and not select and not all:
        raise UsageError("say what to wipe", hint="KEY..., --select SEL, or --all")
    instance = session.existing_instance
    recorded = {} if instance is None else {**instance.store.failed_assets(), **instance.store.materializations()}
    chosen = sorted(recorded if all else _chosen(session, keys or [], select or [], recorded))
    if not chosen or instance is None:
        if session.json:
            session.output.data_json({"wiped": [], "values_removed": 0})
        session.output.talk("nothing to wipe: none of these was ever materialized")
        return ExitCode.OK
    session.output.talk(
        f"to wipe: {', '.join(chosen[:20])}{f' and {len(chosen) - 20} more' if len(chosen) > 20 else ''}"
    )
    if dry_run:
        return ExitCode.OK
    if not yes:
        _ask(len(chosen))
    now = time.time()
    # the record first: a value without a record is unused, a record without a value is a lie
    instance.store.append([AssetWiped(run_id="", timestamp=now, asset=key) for key in chosen])
    manager = FilesystemIOManager(instance.storage)
    removed = sum(manager.remove(key.split("/")) for key in chosen)
    if session.json:
        session.output.data_json({"wiped": chosen, "values_removed": removed})
    session.output.talk(f"wiped {counted(len(chosen), 'record')}, {counted(removed, 'stored value')}")
    return ExitCode.OK


def _chosen(session: Session, keys: list[str], select: list[str], recorded: dict[str, object]) -> set[str]:
    chosen = set(keys)
    # a key that no code defines any more can still be wiped by its name
    unknown = [key for key in keys if key not in recorded]
    for key in unknown:
        session.graph.asset(key)
    if select:
        chosen |= session.select(select)
    return chosen & recorded.keys()


def _ask(count: int) -> None:
    if not sys.stdin.isatty():
        raise UsageError(f"wiping {counted(count, 'asset')} needs a yes, and there is nobody to ask", hint="--yes")
    sys.stderr.write(f"Wipe {counted(count, 'asset')}? [y/N] ")
    sys.stderr.flush()
    if sys.stdin.readline().strip().lower() not in ("y", "yes"):
        raise UsageError("nothing was wiped: the answer was not yes")
