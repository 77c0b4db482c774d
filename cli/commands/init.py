"""`orch init`."""

from pathlib import Path
from typing import Annotated

import typer

from orchestrator.errors import UsageError

from ..session import new_app

app = new_app()

_FILES = {
    "definitions.py": '''"""The assets of this project. Try: orch materialize --select '*'"""

import orchestrator as dg


@dg.asset(group_name="start")
def numbers() -> list[int]:
    """Where the data comes from."""
    return [3, 1, 4, 1, 5, 9, 2, 6]


@dg.asset(group_name="start")
def sorted_numbers(numbers: list[int]) -> list[int]:
    """A parameter is an upstream asset: its value is loaded and passed."""
    return sorted(numbers)


@dg.asset(group_name="start")
def report(context: dg.AssetExecutionContext, sorted_numbers: list[int]) -> str:
    """What is shown by: orch show report"""
    context.add_output_metadata({"count": len(sorted_numbers), "largest": sorted_numbers[-1]})
    return ", ".join(map(str, sorted_numbers))


everything = dg.define_asset_job("everything", selection="*")

defs = dg.Definitions(assets=[numbers, sorted_numbers, report], jobs=[everything])
''',
    "pyproject.toml": """[project]
name = "{name}"
version = "0.1.0"
requires-python = ">=3.11"
dependencies = ["orchestrator"]

[tool.orch]
python_file = "definitions.py"
""",
    "test_definitions.py": '''"""Assets are plain functions, and a whole run needs no server: run me with pytest."""

import orchestrator as dg
from definitions import numbers, report, sorted_numbers


def test_a_function() -> None:
    assert sorted_numbers([2, 1]) == [1, 2]


def test_a_run() -> None:
    result = dg.materialize([numbers, sorted_numbers, report])
    assert result.success
    assert result.asset_value("report") == "1, 1, 2, 3, 4, 5, 6, 9"
''',
    ".gitignore": ".orch/\n__pycache__/\n",
}

Folder = Annotated[Path, typer.Argument(metavar="DIR", help="The project's folder.")]


@app.command(epilog="Example: orch init bakery && cd bakery && orch materialize --select '*'")
def init(folder: Folder = Path()) -> None:
    """Start a new project that materializes at once."""
    there = [name for name in _FILES if (folder / name).exists()]
    if there:
        raise UsageError(f"{folder / there[0]} exists already; nothing was written", hint="choose a new folder")
    name = folder.absolute().name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for file, text in _FILES.items():
            (folder / file).write_text(text.replace("{name}", name))
    except OSError as error:
        raise UsageError(f"cannot write to {folder}: {error.strerror}") from None
    typer.echo(f"started {name}: {', '.join(_FILES)}")
    change = "" if folder == Path() else f"cd {folder} && "
    typer.echo(f"next: {change}orch materialize --select '*'")
