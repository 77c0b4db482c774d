"""`orch` with a store on PostgreSQL, by the settings and by the environment; several homes on one store."""

import json
import os
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from msgspec.structs import replace

from orchestrator.errors import ErrorInfo
from orchestrator.instance import Instance
from orchestrator.runs.events import LogWritten, RunFinished, RunStarted, StepFailed
from orchestrator.runs.records import RunStatus
from orchestrator.runs.requests import RunRequestData
from orchestrator.runs.store import EventStore, StoredEvent
from orchestrator.runs.ticks import AutomationState, TickRecord
from orchestrator.storage.sqlite import SqliteEventStore
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


def test_the_store_of_the_settings(orch: Orch, write: Write, bakery: None, address: str) -> None:
    template = address.replace(PASSWORD, "${BAKERY_PASSWORD}")
    write("other.py", "defs = dg.Definitions()")
    locations = '[{python_file = "definitions.py"}, {python_file = "other.py"}]'  # which have workers from the start
    write("pyproject.toml", f'[tool.orch]\nload_from = {locations}\nstore = "{template}"\n')
    assert orch("materialize", "--select", "*", BAKERY_PASSWORD=PASSWORD).returncode == 0
    assert "runs: 1" in orch("runs", "logs", "--last", BAKERY_PASSWORD=PASSWORD).stdout
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
        ("home", "migrate", "--backup"),
    ):
        done = orch(*command, ORCH_STORE=address)
        assert done.returncode == (2 if "--backup" in command else 0)
        told += done.stdout + done.stderr
    for wrong in (
        postgres.address(user="thief"),
        f"postgresql://baker:{PASSWORD}@127.0.0.1:1/orch",
        f"postgresql://baker:x@{PASSWORD}@/orch",
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
    source, target = SqliteEventStore(project / ".orch" / "orch.db"), PostgresEventStore(address)
    source.append(
        [
            LogWritten(run_id="r1", timestamp=1.0, message="nul \x00 and 설탕\ttab\\n"),
            StepFailed(
                run_id="r1",
                timestamp=1.0,
                step="s",
                error=ErrorInfo(type="E", message=""),
                duration_s=1.0,
                assets=("pie",),
            ),
        ]
    )
    state = AutomationState(location="bakery", name="look", kind="sensor")
    tick = {"id": "t1", "location": "bakery", "name": "look", "kind": "sensor", "scheduled": 1.0, "status": "requested"}
    record = TickRecord(started=1.0, ended=1.0, **tick)  # type: ignore[arg-type]
    source.ticks.record(record, [RunRequestData(run_key="k", job="j")], state, replace(state, cursor="c"))
    before = everything(source)
    assert json_of(orch("home", "copy", "--to", address, "--format", "json")) == {
        "store": hidden(address),
        "events": len(before[0]),
        "runs": 1,
        "materialized_assets": 2,
        "failed_assets": 1,
        "automation_states": 1,
        "ticks": 1,
        "run_requests": 1,
    }
    assert everything(target) == before == everything(source)
    assert target.ticks.states() == source.ticks.states()
    assert target.ticks.ticks("bakery", "look", 9) == source.ticks.ticks("bakery", "look", 9)
    assert target.ticks.requests() == source.ticks.requests() != []
    again = orch("home", "copy", "--to", address)
    assert again.returncode == 5
    assert "holds records already" in again.stderr
    target.append([LogWritten(run_id="r2", timestamp=1.0)])
    assert [stored.id for stored in target.events()] == [*(stored.id for stored in before[0]), before[0][-1].id + 1]
    source.close()
    target.close()


def everything(store: EventStore) -> tuple[list[StoredEvent], object, object, object, object]:
    about_dough = list(store.events(asset="dough"))
    return list(store.events()), about_dough, store.runs(), store.materializations(), store.failed_assets()


def test_a_copy_that_fails_leaves_nothing(orch: Orch, project: Path, bakery: None, address: str) -> None:
    (project / ".orch").mkdir()
    source, target = SqliteEventStore(project / ".orch" / "orch.db"), PostgresEventStore(address)
    source.append([LogWritten(run_id=run_id, timestamp=1.0) for run_id in ("r1", "nul \x00")])
    failed = orch("home", "copy", "--to", address)
    assert failed.returncode == 5, failed.stderr
    assert list(target.events()) == []
    target.append([LogWritten(run_id="r1", timestamp=1.0)])
    assert [stored.id for stored in target.events()] == [1]
    source.close()
    target.close()


def test_a_run_that_goes_on_keeps_a_home_from_being_copied(
    orch: Orch, project: Path, bakery: None, address: str
) -> None:
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
        for number in range(3)
    ]
    told = [process.communicate(timeout=60)[0] for process in processes]
    assert [process.returncode for process in processes] == [0] * 3, told
    runs = json_of(orch("runs", "list", "--format", "json", "--home", str(tmp_path / "other"), ORCH_STORE=address))
    assert [run["status"] for run in runs] == ["success"] * 3  # type: ignore[attr-defined]
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
