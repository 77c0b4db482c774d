"""Names of Dagster: served, later or never, and nothing in between."""

import importlib.util
import subprocess
import sys
from pathlib import Path

import pytest

from orchestrator.compat import dagster
from orchestrator.compat.absent import LATER, NOT_PLANNED
from orchestrator.compat.inventory import read_inventory
from orchestrator.compat.names import PRIVATE_MODULES, UnservedNameError, served_names

ROOT = Path(__file__).parents[3]
PUBLIC = set(read_inventory().names)


@pytest.mark.parametrize("name", sorted(served_names()))
def test_every_served_name_exists(name: str) -> None:
    assert name in PUBLIC
    assert getattr(dagster, name) is not None
    assert name in dir(dagster)


def test_the_tables_of_absent_names_hold_public_names_that_are_not_served() -> None:
    assert set(NOT_PLANNED) <= PUBLIC - served_names()
    assert set(LATER) <= PUBLIC
    assert not set(LATER) & set(NOT_PLANNED)


def test_private_modules_exist_in_dagster() -> None:
    assert set(PRIVATE_MODULES) <= read_inventory().modules


def test_the_page_is_true() -> None:
    spec = importlib.util.spec_from_file_location("dagster_page", ROOT / "scripts" / "dagster_page.py")
    assert spec is not None
    assert spec.loader is not None
    page = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(page)
    text = page.PAGE.read_text()
    assert page.render(text) == text, "run: python scripts/dagster_page.py"


def test_a_name_that_is_not_served_says_why() -> None:
    with pytest.raises(ImportError, match=r"`Component` of Dagster: components turn YAML"):
        from orchestrator.compat.dagster import Component  # noqa: F401
    with pytest.raises(UnservedNameError, match="did you mean `AssetKey`"):
        from orchestrator.compat.dagster import Assetkey  # noqa: F401
    with pytest.raises(AttributeError, match="neither in Dagster"):
        dagster.nothing_like_it  # noqa: B018
    assert not hasattr(dagster, "Component")


def run(code: str) -> str:
    return subprocess.run(
        [sys.executable, "-c", f"import orchestrator.compat.install\n{code}"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout.strip()


def test_all_ways_to_import_lead_to_the_same_object() -> None:
    code = """
import dagster, dagster as dg
from dagster import AssetKey, DagsterInstance, DagsterType
import dagster._core.definitions.events as events
from dagster._core.definitions.asset_key import AssetKey as deep
from dagster._core.errors import DagsterInvalidDefinitionError, DagsterExecutionLoadInputError
import orchestrator
print(AssetKey is deep is events.AssetKey is orchestrator.AssetKey, dg.__version__, DagsterInstance is orchestrator.Instance)
print(hasattr(dagster, "DagsterExecutionLoadInputError"), DagsterType.__name__, dagster._core.definitions.events is events)
"""
    version = read_inventory().version
    assert run(code).splitlines() == [f"True {version} True", "False DagsterType True"]


def test_what_the_alias_does_not_serve() -> None:
    code = """
for statement in [
    "from dagster import Component", "import dagster.components", "from dagster.components.core import x",
    "import dagster.nope", "from dagster._core.nope import AssetKey", "from dagster import Assetkey", "import dagster_nope",
]:
    try:
        exec(statement)
    except ImportError as error:
        print(type(error).__name__, error)
"""
    lines = run(code).splitlines()
    kinds = [line.split()[0] for line in lines]
    assert kinds == [
        *["UnservedNameError"] * 3,
        *["ModuleNotFoundError"] * 2,
        "UnservedNameError",
        "ModuleNotFoundError",
    ]
    assert "components turn YAML" in lines[1]
    assert "did you mean `AssetKey`" in lines[5]


def test_a_star_import_brings_every_served_name() -> None:
    assert int(run("from dagster import *\nprint(sum(n in globals() for n in __import__('dagster').__all__))")) == len(
        served_names()
    )


def test_an_installed_dagster_is_passed_over(tmp_path: Path) -> None:
    (tmp_path / "dagster").mkdir()
    (tmp_path / "dagster" / "__init__.py").write_text("raise ImportError('the real one')")
    (tmp_path / "dagster_duckdb.py").write_text("real = True")
    code = (
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\nimport dagster, dagster_duckdb\nprint(dagster_duckdb.real)"
    )
    assert run(code) == "True"


def test_the_alias_comes_too_late_when_dagster_itself_is_there() -> None:
    code = "import sys, types; sys.modules['dagster'] = types.ModuleType('dagster')\nimport orchestrator.compat.install"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "imported before the alias" in done.stderr


def test_checks_and_test_utilities() -> None:
    code = """
import dagster._check as check
from dagster._core.test_utils import instance_for_test, environ
from dagster import DagsterInstance, file_relative_path
print(check.str_param("a", "name"), check.opt_list_param(None, "items", of_type=str), check.not_none(3))
for wrong in [lambda: check.str_param(1, "name"), lambda: check.list_param([1], "items", of_type=str),
              lambda: check.int_param(True, "n"), lambda: check.mapping_param({"a": 1}, "m", value_type=str),
              lambda: check.failed("x"), lambda: check.invariant(0)]:
    try:
        wrong()
    except check.CheckError as error:
        print(error)
with instance_for_test() as instance:
    with DagsterInstance.get() as same:
        print(same.root_directory == instance.root_directory)
print(file_relative_path("/a/b.py", "c"))
"""
    lines = run(code).splitlines()
    assert lines[0] == "a [] 3"
    assert lines[1] == "parameter name must be a str, got 1 (int)"
    assert lines[2] == "parameter item of items must be a str, got 1 (int)"
    assert len(lines) == 9
    assert lines[-2:] == ["True", "/a/c"]
