"""The documentation is true: its code runs, its output is real, every command is in it."""

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cli.main import COMMANDS
from tests.conftest import ORCH, Orch, environment

ROOT = Path(__file__).parents[2]
PAGES = [ROOT / "README.md", *sorted((ROOT / "docs").glob("*.md")), *sorted(ROOT.glob("example_projects/*/README.md"))]
IDS = [str(page.relative_to(ROOT)) for page in PAGES]


def blocks(page: Path, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", page.read_text(), re.MULTILINE | re.DOTALL)


@pytest.mark.parametrize("page", PAGES, ids=IDS)
def test_python_runs(page: Path, tmp_path: Path) -> None:
    for block in blocks(page, "python"):
        done = subprocess.run(
            [sys.executable, "-c", block], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr


def shape(line: str) -> str:
    """A line of output without what differs from run to run."""
    line = re.sub(r"\d+(\.\d+)? (ms|s)\b|\d+s ago", "TIME", line)
    line = re.sub(r"^(  run      |run )[0-9a-z]{16}\b", r"\1RUN", line)
    line = re.sub(r"\d+ %", "PART", re.sub(r"\d+(\.\d+)? [KMG]B\b", "SIZE", line))
    line = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "MOMENT", line)
    if line.startswith("STEP ") or re.search(r"(?<! )  +[█▒·]", line):  # a timeline
        line = " ".join(re.sub(r"[█▒·]+", "BAR", line).split()).replace("BAR BAR", "BAR")
    return re.sub(r"^(  values   ).*$", r"\1PATH", line)


@pytest.mark.parametrize("page", [page for page in PAGES if blocks(page, "console")], ids=str)
def test_console_sessions_are_real(page: Path, project: Path) -> None:
    if blocks(page, "python"):
        (project / "pipeline.py").write_text(blocks(page, "python")[0])
    else:
        ignore = shutil.ignore_patterns(".orch", "out", "__pycache__")
        shutil.copytree(page.parent, project, dirs_exist_ok=True, ignore=ignore)
    for block in blocks(page, "console"):
        for part in block.split("$ ")[1:]:
            command, _, expected = part.partition("\n")
            run = command.replace("orch ", f"{ORCH} ", 1)
            done = subprocess.run(
                run, shell=True, cwd=project, env=environment(), capture_output=True, text=True, check=False
            )
            assert done.returncode == 0, done.stderr
            if expected.strip():
                shown = [shape(line) for line in expected.strip().splitlines()]
                assert [shape(line) for line in done.stdout.strip().splitlines()] == shown


def test_every_command_is_documented_with_an_example() -> None:
    text = (ROOT / "docs/cli.md").read_text()
    for command in COMMANDS:
        assert f"\n## `orch {command}`\n" in text
        section = text.split(f"\n## `orch {command}`\n")[1].split("\n## ")[0]
        assert f"orch {command}" in section


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(orch: Orch, command: str) -> None:
    for flag in ("--help", "-h"):
        done = orch(command, flag)
        assert done.returncode == 0
        assert done.stdout.startswith(f"Usage: orch {command}")
    assert f"Example: orch {command}" in " ".join(done.stdout.split())
    assert COMMANDS[command][1].rstrip(".") in " ".join(done.stdout.split())


@pytest.mark.parametrize("command", ["list", "show", "logs"])
def test_the_commands_of_runs_have_help_with_an_example(orch: Orch, command: str) -> None:
    assert f"Example: orch runs {command}" in " ".join(orch("runs", command, "-h").stdout.split())


@pytest.mark.parametrize("command", ["info", "prune", "migrate"])
def test_the_commands_of_the_home_have_help_with_an_example(orch: Orch, command: str) -> None:
    assert f"Example: orch home {command}" in " ".join(orch("home", command, "-h").stdout.split())


def test_links_lead_somewhere() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#]+)\)", page.read_text()):
            assert "://" in target or (page.parent / target).exists(), f"{page}: {target}"


def test_the_selection_page_holds_what_the_language_has() -> None:
    from orchestrator.graph.selection_parser import ATTRIBUTES, TAGS

    text = (ROOT / "docs/selection.md").read_text()
    assert all(f"{name}:" in text for name in (*ATTRIBUTES, *TAGS))


def test_every_event_is_documented() -> None:
    from typing import get_args

    from orchestrator.runs.events import AssetWiped, Event, RunDeleted

    text = (ROOT / "docs/events.md").read_text()
    for kind in get_args(Event):
        if kind not in (AssetWiped, RunDeleted):  # no events of a run
            assert f"`{kind.__struct_config__.tag}`" in text
            row = next(line for line in text.splitlines() if line.startswith(f"| `{kind.__struct_config__.tag}`"))
            fields = set(kind.__struct_fields__) - {"run_id", "timestamp"}
            assert all(f"`{field}`" in row for field in fields), (kind, fields)
