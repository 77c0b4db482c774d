"""The lazy public API: the table, the imports for type checkers and reality say the same."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import orchestrator

PACKAGE = Path(orchestrator.__file__).parent


def _names_for_type_checkers() -> dict[str, str]:
    tree = ast.parse((PACKAGE / "__init__.pyi").read_text())
    return {
        alias.asname or alias.name: node.module or ""
        for node in tree.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }


def test_table_and_imports_for_type_checkers_agree() -> None:
    assert _names_for_type_checkers() == orchestrator._MODULES


@pytest.mark.parametrize("name", sorted(orchestrator._MODULES))
def test_every_public_name_exists(name: str) -> None:
    assert getattr(orchestrator, name) is not None
    assert name in orchestrator.__all__
    assert name in dir(orchestrator)


def test_a_public_name_wins_over_a_subpackage_of_the_same_spelling() -> None:
    code = (
        "import orchestrator.definitions.assets, orchestrator as dg\n"
        "print(dg.definitions.__name__, callable(dg.definitions))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).split() == ["definitions", "True"]


def test_an_unknown_name_offers_the_nearest() -> None:
    with pytest.raises(AttributeError, match="did you mean multi_asset"):
        orchestrator.mutli_asset  # noqa: B018


def test_importing_the_package_loads_nothing_of_it() -> None:
    code = "import sys, orchestrator; print([m for m in sys.modules if m.startswith('orchestrator.')])"
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "[]"


def test_defining_assets_loads_no_heavy_package() -> None:
    code = (
        "import sys, orchestrator as dg\n"
        "@dg.asset\ndef a(): ...\n"
        "dg.Definitions(assets=[a], jobs=[dg.define_asset_job('j')])\n"
        "print({'networkx', 'pydantic', 'rich', 'typer', 'yaml', 'logging', 'asyncio', 'sqlite3'} & set(sys.modules))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True).strip() == "set()"
