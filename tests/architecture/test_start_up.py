"""Start-up time is a feature: what a command must not load."""

import subprocess
import sys
from pathlib import Path

import pytest

HEAVY = {"networkx", "psycopg", "pydantic", "rich", "yaml", "asyncio", "tempfile", "logging"}

CODE = """
import sys
sys.argv = ["orch", *sys.argv[1:]]
from cli.main import main
try:
    main()
finally:
    sys.stderr.write("loaded: " + " ".join(sorted({heavy} & set(sys.modules))))
"""


@pytest.mark.parametrize(
    "arguments", [["--help"], ["list-assets"], ["list-assets", "--json"], ["check"], ["list-jobs"]]
)
def test_a_plain_project_loads_nothing_heavy(tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "definitions.py").write_text("import orchestrator as dg\n@dg.asset\ndef a():\n    return 1\n")
    done = subprocess.run(
        [sys.executable, "-c", CODE.replace("{heavy}", repr(HEAVY)), *arguments],
        cwd=tmp_path,
        env={"PYTHONPATH": str(Path(__file__).parents[2]), "PATH": "/usr/bin:/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert done.stderr.endswith("loaded: "), done.stderr
