"""Several processes on one home: concurrency pools, and runs at once."""

import json
import signal
import sqlite3
import subprocess
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from orchestrator.instance import Instance
from orchestrator.runs.records import RunStatus
from tests.conftest import ORCH, Orch, environment

#: Every step notes when it began and ended.
STEPS = """
    import time

    def make(name):
        @dg.asset(name=name, pool="db")
        def one() -> None:
            with open("times.txt", "a") as file:
                file.write(f"+{name}\\n")
            time.sleep(0.05)
            with open("times.txt", "a") as file:
                file.write(f"-{name}\\n")
        return one

    assets = [make(f"a{number}") for number in range(6)]
    defs = dg.Definitions(assets=assets)
"""

#: A step that goes on until the file `go` is there.
HOLDER = """
    import os, time

    @dg.asset(pool="db")
    def holder() -> None:
        open("holds", "w").close()
        while not os.path.exists("go"):
            time.sleep(0.01)

    @dg.asset(pool="db")
    def waiter() -> None: ...

    @dg.asset
    def free() -> None: ...
"""


@pytest.fixture
def start(project: Path) -> Callable[..., "subprocess.Popen[str]"]:
    def start(*arguments: str) -> "subprocess.Popen[str]":
        return subprocess.Popen(
            [str(ORCH), *arguments],
            cwd=project,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    return start


def settings(write: Callable[[str, str], Path], pools: str = "db = 2") -> None:
    write("pyproject.toml", f'[tool.orch]\npython_file = "defs.py"\n\n[tool.orch.pools]\n{pools}\n')


def wait_for(condition: Callable[[], object]) -> None:
    give_up = time.monotonic() + 30
    while not condition():
        assert time.monotonic() < give_up
        time.sleep(0.01)


def places(project: Path) -> list[tuple[str, int]]:
    database = project / ".orch/orch.db"
    if not database.exists():
        return []
    with closing(sqlite3.connect(database)) as connection:
        if not connection.execute("SELECT 1 FROM sqlite_master WHERE name = 'pool_places'").fetchall():
            return []
        return connection.execute("SELECT step, held FROM pool_places ORDER BY step").fetchall()


def test_processes_never_exceed_the_limit_together(
    project: Path, write: Callable[..., Path], start: Callable[..., "subprocess.Popen[str]"]
) -> None:
    settings(write)
    write("defs.py", STEPS)
    runs = [
        start("materialize", "-s", "*", "--executor", "multiprocess", "-j", "3"),
        start("materialize", "-s", "*"),
        start("materialize", "-s", "*"),
    ]
    for run in runs:
        out, err = run.communicate(timeout=100)
        assert run.returncode == 0, out + err
    now, most = 0, 0
    for line in (project / "times.txt").read_text().splitlines():
        now += 1 if line[0] == "+" else -1
        most = max(most, now)
    assert most == 2
    assert places(project) == []


def test_a_step_that_waits_keeps_no_other_from_running(project: Path, write: Callable[..., Path], orch: Orch,
    start: Callable[..., "subprocess.Popen[str]"]
) -> None:  # fmt: skip
    settings(write, "db = 1")
    write("defs.py", HOLDER)
    holder = start("materialize", "-s", "holder")
    wait_for((project / "holds").exists)
    waiting = start("materialize", "-s", "waiter, free", "--format", "json", "-vv", "--executor", "in_process")
    wait_for(lambda: places(project) == [("holder", 1), ("waiter", 0)])
    assert waiting.stdout is not None
    lines = []
    while not any('"step_succeeded"' in line for line in lines):
        lines.append(waiting.stdout.readline())
    (project / "go").touch()
    rest = waiting.stdout.read()
    waiting.communicate(timeout=60)
    assert waiting.returncode == 0
    holder.communicate(timeout=60)
    events = [json.loads(line) for line in [*lines, *rest.splitlines()]]
    assert [one["step"] for one in events if one["type"] == "step_succeeded"] == ["free", "waiter"]
    assert [(one["step"], one["message"]) for one in events if one["type"] == "log"] == [
        ("waiter", "waits for the only slot of pool `db`, which other runs hold")
    ]


def test_the_slot_of_a_process_that_was_killed_is_free(
    project: Path, write: Callable[..., Path], orch: Orch, start: Callable[..., "subprocess.Popen[str]"]
) -> None:
    settings(write, '"*" = 1')
    write("defs.py", HOLDER)
    holder = start("materialize", "-s", "holder")
    wait_for((project / "holds").exists)
    waiting = start("materialize", "-s", "waiter")
    wait_for(lambda: places(project) == [("holder", 1), ("waiter", 0)])
    holder.kill()
    holder.communicate()
    _, err = waiting.communicate(timeout=60)
    assert waiting.returncode == 0, err
    assert places(project) == []


def test_a_run_that_waits_can_be_canceled(
    project: Path, write: Callable[..., Path], start: Callable[..., "subprocess.Popen[str]"]
) -> None:
    settings(write, "db = 1")
    write("defs.py", HOLDER)
    holder = start("materialize", "-s", "holder")
    wait_for((project / "holds").exists)
    waiting = start("materialize", "-s", "waiter")
    wait_for(lambda: places(project) == [("holder", 1), ("waiter", 0)])
    waiting.send_signal(signal.SIGINT)
    out, err = waiting.communicate(timeout=30)
    assert waiting.returncode == 130, out + err
    assert places(project) == [("holder", 1)]
    (project / "go").touch()
    holder.communicate(timeout=60)
    assert holder.returncode == 0


def test_limits_of_a_workspace_file(
    project: Path, write: Callable[..., Path], orch: Orch, start: Callable[..., "subprocess.Popen[str]"]
) -> None:
    write("workspace.yaml", "load_from:\n  - python_file: defs.py\npools:\n  db: 2\n")
    write("defs.py", STEPS)
    done = start("materialize", "-s", "*", "-j", "4")
    out, err = done.communicate(timeout=60)
    assert done.returncode == 0, out + err
    signs = [line[0] for line in (project / "times.txt").read_text().splitlines()]
    assert "+++" not in "".join(signs)


@pytest.mark.parametrize(
    ("pools", "message"),
    [
        ("db = 0", "the limit of pool `db` is 0"),
        ("db = true", "the limit of pool `db` is True"),
        ('db = "2"', "the limit of pool `db` is '2'"),
    ],
)
def test_limits_that_are_none(write: Callable[..., Path], orch: Orch, pools: str, message: str) -> None:
    settings(write, pools)
    write("defs.py", HOLDER)
    done = orch("list-assets")
    assert done.returncode == 3
    assert message in done.stderr


def test_the_tag_of_dagster_names_a_pool(write: Callable[..., Path], orch: Orch) -> None:
    settings(write, "db = 1")
    write(
        "defs.py",
        """
        import dagster as dg

        @dg.op(tags={"dagster/concurrency_key": "db"})
        def one(): ...

        @dg.job
        def work():
            one()
        """,
    )
    done = orch("run", "work", "--dry-run", "--format", "json", "--alias", "dagster")
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["steps"][0]["demands"]["pool"] == "db"


def test_eight_processes_on_one_home_lose_nothing(
    project: Path, write: Callable[..., Path], start: Callable[..., "subprocess.Popen[str]"]
) -> None:
    for number in range(8):
        write(
            f"p{number}.py",
            f"""
            def make(name):
                @dg.asset(name=name)
                def one() -> int:
                    return 1
                return one

            defs = dg.Definitions(assets=[make(f"p{number}_{{step}}") for step in range(25)])
            """,
        )
    home = str(project / "home")
    runs = [start("materialize", "-f", f"p{number}.py", "-s", "*", "--home", home, "-q") for number in range(8)]
    for run in runs:
        assert run.communicate(timeout=100) == ("", "")
        assert run.returncode == 0
    with Instance.open(project / "home") as instance:
        assert [run.status for run in instance.store.runs()] == [RunStatus.SUCCESS] * 8
        keys = {f"p{number}_{step}" for number in range(8) for step in range(25)}
        assert instance.store.materializations().keys() == keys
        assert len(list(instance.store.events(types=("step_succeeded",)))) == len(keys)
