"""`orch lineage`."""

from collections.abc import Iterable
from enum import StrEnum
from typing import Annotated, Any

import msgspec
import typer

from orchestrator.errors import UsageError
from orchestrator.reports.lineage import Lineage, TreeLine, lineage_of, to_dot, to_json_data, to_mermaid, tree_lines

from .. import completion
from ..failure import shown_path
from ..options import AllowEmpty, Select
from ..output import Output
from ..session import Session, new_app, with_session
from ..times import ago, iso

app = new_app()

_STYLES = {"materialized": "green", "missing": "yellow", "failed": "red", "external": "dim"}


class LineageFormat(StrEnum):
    """How a lineage is written."""

    TREE = "tree"
    JSON = "json"
    MERMAID = "mermaid"
    DOT = "dot"


Format = Annotated[LineageFormat, typer.Option("--format", help="How to write the graph.")]
Upstream = Annotated[str | None, typer.Option("--upstream", metavar="N|all", help="Add what the selection depends on.")]
Downstream = Annotated[str | None, typer.Option("--downstream", metavar="N|all", help="Add what depends on it.")]
Root = Annotated[
    str | None,
    typer.Option("--root", metavar="KEY", help="Only this asset and what follows.", autocompletion=completion.assets),
]


@app.command(epilog="Example: orch lineage --select top_cakes --upstream all --format mermaid")
@with_session
def lineage(  # noqa: PLR0917  one parameter per option
    session: Session,
    select: Select = None,
    upstream: Upstream = None,
    downstream: Downstream = None,
    root: Root = None,
    allow_empty: AllowEmpty = False,
    format: Format = LineageFormat.TREE,  # noqa: A002
) -> None:
    """Draw what depends on what, with each asset's location and last state."""
    graph = session.graph
    keys = session.select(select) if select else set(graph.assets)
    if select and not keys and not allow_empty:
        raise session.no_match(session.selection_text(select))
    if root is not None:
        keys &= graph.down([graph.asset(root).key])
        keys.add(root)
    if upstream is not None:
        keys |= graph.up(keys, _depth(upstream, "--upstream"))
    if downstream is not None:
        keys |= graph.down(keys, _depth(downstream, "--downstream"))
    instance = session.existing_instance
    found = lineage_of(
        graph,
        keys,
        {} if instance is None else instance.store.materializations(),
        {} if instance is None else instance.store.failed_assets(),
    )
    _write(session.output, found, format, root)


def _depth(text: str, option: str) -> int | None:
    if text == "all":
        return None
    if text.isascii() and text.isdigit():
        return int(text)
    raise UsageError(f"{option} takes a number or 'all', got {text!r}")


def _write(output: Output, found: Lineage, form: LineageFormat, root: str | None) -> None:
    if form is LineageFormat.JSON:
        data = to_json_data(found)
        data["nodes"] = [_node_json(msgspec.to_builtins(node)) for node in data["nodes"]]
        output.data_json(data)
    elif form is LineageFormat.MERMAID:
        output.data(to_mermaid(found))
    elif form is LineageFormat.DOT:
        output.data(to_dot(found))
    else:
        _draw(output, tree_lines(found, root))


def _node_json(node: dict[str, Any]) -> dict[str, Any]:
    last = node["last_materialized"]
    return {
        **node,
        "location": node["location"] or None,
        "source": shown_path(node["source"]),
        "last_materialized": None if last is None else iso(last),
    }


def _draw(output: Output, lines: Iterable[TreeLine]) -> None:
    """Draw with rich, a line at a time: its own tree recurses, and a chain may be longer than the stack."""
    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=output.stream,
        force_terminal=output.color() or None,
        no_color=not output.color(),
        width=output.width or 10_000,
        highlight=False,
        legacy_windows=False,
    )
    for line in lines:
        text = Text("".join("    " if last else "│   " for last in line.last[:-1]), style="dim", no_wrap=True)
        if line.last:
            text.append("└── " if line.last[-1] else "├── ", style="dim")
        text.append(line.node.key, style="bold" if not line.repeated else "dim")
        text.append(f"  {line.node.location or 'nobody defines it'}", style="cyan")
        state = line.node.state
        when = "" if line.node.last_materialized is None else f" {ago(line.node.last_materialized)}"
        text.append(f"  {state}{when}", style=_STYLES[state])
        if line.repeated:
            text.append("  ↑ drawn above", style="dim")
        console.print(
            text, overflow="ellipsis", no_wrap=True, crop=output.width is not None, soft_wrap=output.width is None
        )
