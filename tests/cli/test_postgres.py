"""`orch` with a store on PostgreSQL, by the settings and by the environment; several homes on one store."""

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from orchestrator.runs.events import RunStarted
from tests.conftest import ORCH, Orch, environment
from tests.postgres import PASSWORD, Server, missing

if missing():
    pytest.skip(str(missing()), allow_module_level=True)

from orchestrator.storage.postgres import PostgresEventStore

Write = Callable[[str, str], Path]

BAKERY = """
    @dg.asset
    def dough():
        print("kneading")
        return 1

    @dg.asset
    def cakes(context, dough):
        context.log.info("runs: " + str(len(context.instance.get_runs())))
        return dough + 1

    defs = dg.Definitions(assets=[dough, cakes])
"""


@pytest.fixture
def address(postgres: Server) -> str:
    return postgres.new_store()


@pytest.fixture
def bakery(write: Write) -> None:
    write("definitions.py", BAKERY)


def json_of(done: "subprocess.CompletedProcess[str]") -> object:
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def hidden(address: str) -> str:
    return address.replace(f":{PASSWORD}", "")


@pytest.mark.parametrize("executor", ["in_process", "multiprocess"])
def test_everything_is_recorded_there(orch: Orch, project: Path, bakery: None, address: str, executor: str) -> None:
    made = orch("materialize", "--select", "*", "--executor", executor, ORCH_STORE=address)
    assert made.returncode == 0, made.stderr
    assert not (project / ".orch" / "orch.db").exists()
    (run,) = json_of(orch("runs", "list", "--format", "json", ORCH_STORE=address))  # type: ignore[misc]
    assert run["status"] == "success"
    log = orch("runs", "logs", "--last", "--follow", ORCH_STORE=address)
    assert "kneading" in log.stdout
    assert "runs: 1" in log.stdout
    assert "materialized" in orch("show", "cakes", ORCH_STORE=address).stdout
    assert orch("runs", "list", "--format", "names").stdout == ""  # without it: the file, where nothing is


@pytest.mark.parametrize("file", ["pyproject.toml", "workspace.yaml"])
def test_the_store_of_the_settings(orch: Orch, write: Write, bakery: None, address: str, file: str) -> None:
    template = address.replace(PASSWORD, "${BAKERY_PASSWORD}")
    if file == "pyproject.toml":
        write(file, f'[tool.orch]\npython_file = "definitions.py"\nstore = "{template}"\n')
    else:
        write(file, f'load_from: [{{python_file: definitions.py}}]\nstore: "{template}"\n')
    assert orch("materialize", "--select", "*", BAKERY_PASSWORD=PASSWORD).returncode == 0
    text = orch("home", "info", BAKERY_PASSWORD=PASSWORD)
    assert f"store    {hidden(address)}\n" in text.stdout
    facts = json_of(orch("home", "info", "--format", "json", BAKERY_PASSWORD=PASSWORD))
    assert (facts["store"], facts["runs"]["success"]) == (hidden(address), 1)  # type: ignore[index]
    unset = orch("runs", "list")
    assert unset.returncode == 3, unset.stderr
    assert "`BAKERY_PASSWORD`" in unset.stderr
    assert orch("runs", "list", "--format", "names", ORCH_STORE="sqlite").stdout == ""


def test_credentials_are_nowhere(orch: Orch, project: Path, bakery: None, address: str, postgres: Server) -> None:
    told = ""
    for command in (
        ("materialize", "--select", "*", "-v"),
        ("home", "info", "--format", "json"),
        ("runs", "show", "--last", "--format", "json"),
        ("home", "migrate"),
        ("home", "migrate", "--backup"),
    ):
        done = orch(*command, ORCH_STORE=address)
        assert done.returncode == (2 if "--backup" in command else 0)
        told += done.stdout + done.stderr
    for wrong in (
        postgres.address(user="thief"),
        postgres.address("nowhere"),
        f"postgresql://baker:{PASSWORD}@127.0.0.1:1/orch",
        f"postgresql://baker:x@{PASSWORD}@/orch",
        f"postgresql://baker:{PASSWORD}/x@/orch",
        f"mysql://baker:{PASSWORD}@/orch",
    ):
        done = orch("home", "info", ORCH_STORE=wrong)
        assert done.returncode in (3, 5), done.stderr
        told += done.stdout + done.stderr
    kept = b"".join(path.read_bytes() for path in (project / ".orch").rglob("*") if path.is_file())
    assert PASSWORD not in told
    assert PASSWORD.encode() not in kept


def test_a_home_is_copied(orch: Orch, project: Path, bakery: None, address: str) -> None:
    assert orch("materialize", "--select", "*").returncode == 0
    assert orch("materialize", "--select", "dough").returncode == 0
    before = everything(orch)
    copied = orch("home", "copy", "--to", address, "--format", "json")
    assert json_of(copied) == {
        "store": hidden(address),
        "events": len(before["events"]),  # type: ignore[arg-type]
        "runs": 2,
        "materialized_assets": 2,
        "failed_assets": 0,
    }
    assert everything(orch, ORCH_STORE=address) == before
    again = orch("home", "copy", "--to", address)
    assert again.returncode == 5
    assert "holds records already" in again.stderr
    assert orch("materialize", "--select", "*", ORCH_STORE=address).returncode == 0
    store = PostgresEventStore(address)
    ids = [stored.id for stored in store.events()]
    store.close()
    assert ids == sorted(set(ids))
    assert len(ids) > len(before["events"])  # type: ignore[arg-type]


def everything(orch: Orch, **changes: str) -> dict[str, object]:
    runs = orch("runs", "list", "--format", "json", **changes)
    names = orch("runs", "list", "--format", "names", **changes).stdout.split()
    return {
        "runs": json_of(runs),
        "assets": json_of(orch("show", "cakes", "--format", "json", **changes)),
        "events": [
            line
            for name in names
            for line in orch("runs", "logs", name, "--format", "json", **changes).stdout.splitlines()
        ],
    }


def test_a_run_that_goes_on_keeps_a_home_from_being_copied(
    orch: Orch, project: Path, bakery: None, address: str
) -> None:
    from orchestrator.instance import Instance

    with Instance.open(project / ".orch") as instance:
        instance.store.append([RunStarted(run_id="r1", timestamp=time.time(), host="elsewhere", pid=1)])
    refused = orch("home", "copy", "--to", address)
    assert refused.returncode == 2
    assert "run r1 goes on" in refused.stderr


def test_nothing_to_copy(orch: Orch, bakery: None, address: str) -> None:
    assert orch("home", "copy", "--to", address).returncode == 2
    assert orch("home", "copy").returncode == 2


def test_several_homes_share_a_store(orch: Orch, project: Path, tmp_path: Path, bakery: None, address: str) -> None:
    processes = [
        subprocess.Popen(
            [ORCH, "materialize", "--select", "*", "--home", str(tmp_path / f"home{number}")],
            cwd=project,
            env=environment(ORCH_STORE=address),
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for number in range(4)
    ]
    told = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, told
    for number in range(4):
        home = str(tmp_path / f"home{number}")
        runs = json_of(orch("runs", "list", "--format", "json", "--home", home, ORCH_STORE=address))
        assert [run["status"] for run in runs] == ["success"] * 4  # type: ignore[attr-defined]
    store = PostgresEventStore(address)
    ids = [stored.id for stored in store.events()]
    store.close()
    assert ids == list(range(1, len(ids) + 1))


def test_a_run_of_another_machine_is_left_alone(orch: Orch, bakery: None, address: str) -> None:
    store = PostgresEventStore(address)
    store.append([RunStarted(run_id="r1", timestamp=time.time(), assets=("dough",), host="elsewhere", pid=os.getpid())])
    retried = orch("retry", "r1", ORCH_STORE=address)
    assert retried.returncode == 2, retried.stdout + retried.stderr
    assert "elsewhere" in retried.stderr
    canceled = orch("runs", "cancel", "r1", ORCH_STORE=address)
    assert canceled.returncode == 2
    assert "elsewhere" in canceled.stderr
    assert [run.status for run in store.runs()] == ["started"]
    store.close()


def test_a_log_is_followed(project: Path, bakery: None, address: str) -> None:
    from orchestrator.runs.events import LogWritten, RunFinished
    from orchestrator.runs.records import RunStatus

    store = PostgresEventStore(address)
    store.append([RunStarted(run_id="r1", timestamp=time.time(), host="elsewhere", pid=1)])
    follower = subprocess.Popen(
        [ORCH, "runs", "logs", "r1", "--follow", "--format", "json"],
        cwd=project,
        env=environment(ORCH_STORE=address),
        stdout=subprocess.PIPE,
        text=True,
    )
    assert follower.stdout is not None
    for number in range(3):  # each is read before the next is written
        store.append([LogWritten(run_id="r1", timestamp=time.time(), message=f"m{number}")])
        assert f"m{number}" in follower.stdout.readline()
    ended = {"materialized": 0, "failed": 0, "skipped": 0, "duration_s": 1.0}
    store.append([RunFinished(run_id="r1", timestamp=time.time(), status=RunStatus.SUCCESS, **ended)])  # type: ignore[arg-type]
    assert follower.wait(20) == 0
    follower.stdout.close()
    store.close()
