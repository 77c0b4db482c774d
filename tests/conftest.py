"""Projects in temporary folders, and the real `orch` process to run on them."""

import os
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests import postgres as pg

# hundreds of processes start: each would compile all of orch anew
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
# in the background of a shell, or under nohup, these are ignored, and what ignores them lets its children do so
for _number, _handler in ((signal.SIGINT, signal.default_int_handler), (signal.SIGHUP, signal.SIG_DFL)):
    if signal.getsignal(_number) is signal.SIG_IGN:
        signal.signal(_number, _handler)

Orch = Callable[..., "subprocess.CompletedProcess[str]"]

ORCH = Path(sys.executable).with_name("orch")


def environment(**changes: str) -> dict[str, str]:
    """The environment without what would change the behaviour of orch."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ORCH_", "FORCE_COLOR"))}
    return kept | {"TERM": "xterm", "COLUMNS": "80"} | changes


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """An empty folder for a project."""
    folder = tmp_path / "project"
    folder.mkdir()
    return folder


@pytest.fixture
def write(project: Path) -> Callable[[str, str], Path]:
    """Writes a file of the project; `import orchestrator as dg` is put before Python."""

    def write(name: str, text: str) -> Path:
        path = project / name
        path.parent.mkdir(parents=True, exist_ok=True)
        head = "import orchestrator as dg\n" if name.endswith(".py") and "orchestrator" not in text else ""
        path.write_text(head + textwrap.dedent(text))
        return path

    return write


@pytest.fixture
def orch(project: Path) -> Orch:
    """Runs `orch` in the project and returns what it printed; never shows a traceback of orch's own."""

    def run(
        *arguments: str, cwd: Path | None = None, stdin: str = "", **changes: str
    ) -> "subprocess.CompletedProcess[str]":
        done = subprocess.run(
            [str(ORCH), *arguments],
            cwd=cwd or project,
            env=environment(**changes),
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert "Traceback" not in done.stderr, done.stderr
        assert "This is a bug in orch" not in done.stderr, done.stderr
        return done

    return run


@pytest.fixture(scope="session")
def postgres() -> Iterator[pg.Server]:
    """A PostgreSQL server."""
    reason = pg.missing()
    if reason is not None:
        pytest.skip(reason)
    with pg.server() as server:
        yield server
