"""Code written for Dagster, unchanged, through the real process."""

from pathlib import Path

import pytest

from tests.conftest import Orch

CODE = """
import dagster as dg
from dagster._core.definitions.decorators.asset_decorator import asset
@asset
def {0}(): return 1
@dg.asset
def {1}({0}): return {0} + 1
@dg.asset
def {2}({1}):
    assert {1} == 2
    return dg.MaterializeResult(metadata={{"made": {1}}})
defs = dg.Definitions(assets=[{0}, {1}, {2}])
"""


@pytest.fixture
def code(project: Path) -> Path:
    (project / "definitions.py").write_text(CODE.format("a", "b", "c"))
    return project


@pytest.mark.parametrize("before", [True, False])
def test_the_option_stands_before_or_after_the_command(orch: Orch, code: Path, before: bool) -> None:
    arguments = ["--alias", "dagster", "check"] if before else ["check", "--alias", "dagster"]
    done = orch(*arguments)
    assert done.returncode == 0, done.stderr
    assert "3 assets" in done.stdout


def test_the_setting(orch: Orch, code: Path) -> None:
    (code / "pyproject.toml").write_text('[tool.orch]\npython_file = "definitions.py"\nalias = "dagster"\n')
    assert orch("list-assets", "--format", "names").stdout.split() == ["a", "b", "c"]
    (code / "pyproject.toml").write_text('[tool.orch]\nalias = "dagster"\n')
    assert orch("list-assets", "--format", "names").stdout.split() == ["a", "b", "c"]


def test_a_run(orch: Orch, code: Path) -> None:
    done = orch("materialize", "--alias", "dagster", "--select", "*")
    assert done.returncode == 0, done.stderr
    assert orch("show", "c", "--alias", "dagster", "--json").returncode == 0


def test_workers_speak_it_too(orch: Orch, code: Path) -> None:
    (code / "other.py").write_text(CODE.format("x", "y", "z"))
    arguments = ("--alias", "dagster", "-f", "definitions.py", "-f", "other.py")
    assert orch("materialize", *arguments, "--select", "*").returncode == 0
    # one layer, as Dagster has it
    done = orch("list-assets", *arguments, "--select", "a+, +z", "--format", "names")
    assert done.stdout.split() == ["a", "b", "y", "z"]


def test_without_the_option_the_hint_names_it(orch: Orch, code: Path) -> None:
    done = orch("check")
    assert done.returncode == 3
    assert "hint: orch serves code written for `dagster`: --alias dagster" in done.stderr


def test_another_alias(orch: Orch, code: Path) -> None:
    done = orch("check", "--alias", "airflow")
    assert done.returncode == 2
    assert "there is no alias `airflow`" in done.stderr
    assert "hint: known: dagster" in done.stderr


def test_a_name_that_is_not_served(orch: Orch, code: Path) -> None:
    (code / "definitions.py").write_text("from dagster import Component\n")
    done = orch("check", "--alias", "dagster")
    assert done.returncode == 3
    assert "orch does not serve `Component` of Dagster: components turn YAML" in done.stderr
