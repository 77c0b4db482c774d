"""Rules of the house that no tool knows."""

import ast
import tomllib
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[2]
SOURCES = sorted([*(ROOT / "orchestrator").rglob("*.py"), *(ROOT / "cli").rglob("*.py")])


def test_the_packaging_list_names_every_package() -> None:
    listed = set(tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["setuptools"]["packages"])
    found = set()
    for init in [*(ROOT / "orchestrator").rglob("__init__.py"), *(ROOT / "cli").rglob("__init__.py")]:
        found.add(
            ".".join(init.parent.relative_to(ROOT).parts).replace("cli", "orchestrator_cli", 1)
            if init.is_relative_to(ROOT / "cli")
            else ".".join(init.parent.relative_to(ROOT).parts)
        )
    assert listed == found


def _imports(path: Path) -> Iterator[tuple[ast.Import | ast.ImportFrom, bool]]:
    """Every import of a file, and whether it stands inside a function."""
    stack: list[tuple[ast.AST, bool]] = [(ast.parse(path.read_text()), False)]
    while stack:
        node, inside = stack.pop()
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield node, inside
        inside = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        stack.extend((child, inside) for child in ast.iter_child_nodes(node))


def test_the_cli_imports_its_siblings_relatively() -> None:
    """The folder `cli` installs as `orchestrator_cli`: only relative imports work under both names."""
    for path in SOURCES:
        for node, _ in _imports(path):
            names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
            absolute = not (isinstance(node, ast.ImportFrom) and node.level)
            wrong = [n for n in names if absolute and n.split(".")[0] in ("cli", "orchestrator_cli")]
            assert not wrong, f"{path}:{node.lineno} imports {wrong[0]}"


def test_no_first_party_import_hides_in_a_function() -> None:
    for path in SOURCES:
        for node, inside in _imports(path):
            if inside and isinstance(node, ast.ImportFrom):
                assert not (node.module or "").startswith("orchestrator"), f"{path}:{node.lineno}"


def test_sizes() -> None:
    for path in SOURCES:
        text = path.read_text()
        assert text.count("\n") <= 500, f"{path} has {text.count(chr(10))} lines"
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef):
                size = (node.end_lineno or 0) - node.body[0].lineno + 1
                assert size <= 60, f"{path}:{node.lineno} {node.name} has {size} lines"
