"""`orch home`."""

import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from orchestrator.instance import Instance
from orchestrator.runs.events import LogWritten, RunStarted
from orchestrator.runs.pools import PoolPlace
from orchestrator.storage.database import SCRIPTS
from tests.conftest import Orch

DEFS = """
    @dg.asset
    def cake() -> str:
        print("baking")
        return "cake"

    @dg.asset
    def crumbs() -> str:
        return "crumbs"

    @dg.op
    def mix() -> int:
        return 1

    @dg.op
    def bake(mix: int) -> None: ...

    @dg.job
    def party():
        bake(mix())

    defs = dg.Definitions(assets=[cake, crumbs], jobs=[party])
"""


@pytest.fixture(autouse=True)
def _project(write: Callable[[str, str], Path]) -> None:
    write("definitions.py", DEFS)
    write("pyproject.toml", '[tool.orch]\npython_file = "definitions.py"\n\n[tool.orch.pools]\ndb = 2\n')


def facts(orch: Orch) -> dict[str, object]:
    done = orch("home", "info", "--format", "json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)  # type: ignore[no-any-return]


def run_ids(orch: Orch) -> list[str]:
    return orch("runs", "list", "--format", "names").stdout.split()


def test_a_home_that_is_not_there(orch: Orch) -> None:
    for command in ("info", "migrate"):
        done = orch("home", command)
        assert done.returncode == 2
        assert "nothing was recorded yet" in done.stderr
    assert orch("home", "prune", "--keep", "1").returncode == 2


def test_info(orch: Orch, project: Path) -> None:
    orch("materialize", "-s", "*")
    orch("run", "party")
    found = facts(orch)
    assert found["runs"] == {"started": 0, "success": 2, "failure": 0, "canceled": 0}
    assert (found["format"], found["newest_format"]) == (len(SCRIPTS), len(SCRIPTS))
    assert (found["materializations"], found["materialized_assets"]) == (2, 2)
    assert found["path"] == str(project / ".orch")
    sizes = [found[name] for name in ("database_size", "values_size", "logs_size")]
    assert all(isinstance(one, int) and one > 0 for one in sizes)
    text = orch("home", "info").stdout
    assert "  runs     2: 2 success\n" in text
    assert "  pools    db: 2\n" in text
    assert "POOL" not in text


def test_info_says_who_holds_slots(orch: Orch, project: Path, tmp_path: Path) -> None:
    with Instance.open(project / ".orch") as instance:
        for step in ("first", "second"):
            place = PoolPlace(pool="db", run_id="r1", step=step, since=1.0, seen=4e9, host="elsewhere", pid=7)
            instance.store.pools.claim(place, 1, lambda _: False)
    rows = [line.split() for line in orch("home", "info").stdout.splitlines()[-3:]]
    assert rows[0][:4] == ["POOL", "STATE", "STEP", "RUN"]
    assert [row[:4] for row in rows[1:]] == [["db", "holds", "first", "r1"], ["db", "waits", "second", "r1"]]
    shown = orch("home", "info", "--home", str(project / ".orch"), "--json", cwd=tmp_path)
    assert [one["held"] for one in json.loads(shown.stdout)["pools"]["places"]] == [True, False]


def test_prune_keeps_what_is_current(orch: Orch, project: Path) -> None:
    orch("materialize", "-s", "*")
    orch("materialize", "-s", "cake")
    orch("run", "party")
    latest, second, first = run_ids(orch)
    home = project / ".orch"
    assert (home / "storage/.runs" / latest).is_dir()
    done = orch("home", "prune", "--keep", "0", "--format", "json")
    pruned = json.loads(done.stdout)
    assert pruned["runs"] == [first, second, latest]
    assert run_ids(orch) == []
    assert not (home / "storage/.runs" / latest).exists()
    assert not any((home / "logs" / one).exists() for one in (first, second, latest))
    listed = json.loads(orch("show", "crumbs", "--json").stdout)
    assert listed["last_materialization"]["run_id"] == first
    assert {one.name for one in (home / "storage").glob("c*")} == {"cake.pickle", "crumbs.pickle"}
    assert facts(orch)["materialized_assets"] == 2


def test_prune_by_age_and_number(orch: Orch) -> None:
    for _ in range(3):
        orch("materialize", "-s", "cake")
    ids = run_ids(orch)
    assert orch("home", "prune", "--older-than", "1h", "--dry-run").stdout == ""
    assert orch("home", "prune", "--older-than", "0s", "--keep", "2", "--dry-run").stdout.split() == ids[2:]
    assert orch("home", "prune", "--runs", ids[1]).returncode == 0
    assert run_ids(orch) == [ids[0], ids[2]]
    assert orch("home", "prune", "--keep", "1").returncode == 0
    assert run_ids(orch) == ids[:1]


def test_prune_leaves_runs_that_go_on_and_what_they_continue(orch: Orch, project: Path) -> None:
    orch("materialize", "-s", "cake")
    (done,) = run_ids(orch)
    with Instance.open(project / ".orch") as instance:
        instance.store.append(
            [
                RunStarted(run_id="going", timestamp=2.0, host="elsewhere", parent_run_id=done),
                LogWritten(run_id="going", timestamp=2.0),
            ]
        )
    assert orch("home", "prune", "--keep", "0").returncode == 0
    assert run_ids(orch) == ["going", done]
    refused = orch("home", "prune", "--runs", "going")
    assert "run going goes on" in refused.stderr


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ([], "say what to prune"),
        (["--keep", "1", "--runs", "x"], "--runs says exactly which runs"),
        (["--older-than", "soon"], "`soon` is no duration"),
        (["--runs", "x"], "there is no run `x`"),
    ],
)
def test_what_cannot_be_pruned(orch: Orch, options: list[str], message: str) -> None:
    orch("materialize", "-s", "cake")
    done = orch("home", "prune", *options)
    assert done.returncode == 2
    assert message in done.stderr


def test_migrate(orch: Orch, project: Path) -> None:
    home = project / ".orch"
    home.mkdir()
    with closing(sqlite3.connect(home / "orch.db", isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.executescript(SCRIPTS[0].read_text())
        connection.execute(f"PRAGMA application_id = {int.from_bytes(b'orch')}")
        connection.execute("PRAGMA user_version = 1")
    done = json.loads(orch("home", "migrate", "--backup", "--format", "json").stdout)
    copy = home / "orch.db.format-1"
    assert done == {"before": 1, "after": len(SCRIPTS), "rebuilt": True, "backup": str(copy)}
    with closing(sqlite3.connect(copy)) as connection:
        assert connection.execute("PRAGMA user_version").fetchall() == [(1,)]
    again = orch("home", "migrate")
    assert again.stderr == f"nothing to do: the database has format {len(SCRIPTS)}, the newest\n"
    shutil.copy(copy, home / "orch.db")
    refused = orch("home", "migrate", "--backup")
    assert refused.returncode != 0
    assert "there is a copy of the database already" in refused.stderr
