"""Resources that nobody provides: every definition that needs one is named, with its line."""

from collections.abc import Callable
from pathlib import Path

from tests.conftest import Orch

Write = Callable[[str, str], Path]


def test_all_that_need_a_resource_are_named_with_their_lines(orch: Orch, write: Write) -> None:
    write(
        "definitions.py",
        """
        @dg.asset(required_resource_keys={"db"})
        def a(): ...

        @dg.asset(required_resource_keys={"db", "lake"})
        def b(): ...

        @dg.op(required_resource_keys={"db"})
        def load(): ...

        @dg.job
        def nightly():
            load()

        defs = dg.Definitions(assets=[a, b], jobs=[nightly], resources={"dbs": 1})
        """,
    )
    error = orch("list-assets").stderr
    assert "`a`, `b` and op `load` of job `nightly` need the resource `db`, which nobody provides\n" in error
    assert "- `b` needs the resource `lake`, which nobody provides\n" in error
    assert [line for line in error.splitlines() if line.startswith("  at ")] == [
        "  at definitions.py:3",
        "  at definitions.py:6",
        "  at definitions.py:9",
    ]
    assert "hint: `db`: did you mean `dbs`?\n" in error


def test_many_that_need_a_resource_are_counted(orch: Orch, write: Write) -> None:
    write(
        "definitions.py",
        """
        defs = dg.Definitions(
            [dg.asset(name=f"a{n}", required_resource_keys={"db"})(lambda: None) for n in range(20)]
        )
        """,
    )
    error = orch("list-assets").stderr
    assert "`a0`, `a1`, `a2`, `a3`, `a4`, `a5`, `a6`, `a7` and 12 more need the resource `db`" in error
    assert 'hint: Definitions(resources={"db": ...})' in error
