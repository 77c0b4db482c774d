"""A tick is evaluated by the process that has loaded the location."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from orchestrator.errors import ErrorInfo
from orchestrator.graph.snapshot import LocationSnapshot
from orchestrator.instance import Instance
from orchestrator.workspace.location import LocationRef
from orchestrator.workspace.messages import EvaluateTick, TickResult
from orchestrator.workspace.process import LocationWorker

CODE = """
import os
import dagster as dg


@dg.asset
def bread():
    return 1


@dg.schedule("0 9 * * *", target=[bread], execution_timezone="Asia/Seoul", default_status=dg.DefaultScheduleStatus.RUNNING)
def morning(context):
    print("for whoever reads stdout")
    return dg.RunRequest(str(context.scheduled_execution_time.hour))


@dg.sensor(target=[bread], minimum_interval_seconds=5)
def runs(context):
    context.log.info("looking")
    return dg.RunRequest(f"{context.instance.get_runs_count()} runs")


@dg.sensor(target=[bread])
def bad():
    raise ValueError("no")


@dg.sensor(target=[bread])
def dies():
    os._exit(7)
"""


@pytest.fixture
def worker(project: Path) -> Iterator[LocationWorker]:
    (project / "bakery.py").write_text(CODE.replace("import dagster", "import orchestrator"))
    worker = LocationWorker(LocationRef(name="bakery", file=str(project / "bakery.py"), base_directory=str(project)))
    yield worker
    worker.close(at_once=True)


@pytest.fixture
def ask(worker: LocationWorker, project: Path) -> Callable[..., Any]:
    assert isinstance(worker.describe(), LocationSnapshot)

    def ask(kind: str, name: str) -> Any:
        process = worker.process()
        process.send(EvaluateTick(kind=kind, name=name, scheduled=1767571200.0, now=0.0, home=str(project / ".orch")))
        return process.receive()

    return ask


def test_its_snapshot_says_what_is_scheduled(worker: LocationWorker) -> None:
    found = worker.describe()
    assert isinstance(found, LocationSnapshot)
    (morning,) = found.schedules
    assert (morning.crons, morning.timezone, morning.target) == (("0 9 * * *",), "Asia/Seoul", 'key:"bread"')
    assert morning.default_status == "running"
    sensors = {one.name: one for one in found.sensors}
    assert (sensors["runs"].interval_s, sensors["runs"].kind, sensors["bad"].interval_s) == (5, "standard", 30)


def test_a_schedule(ask: Callable[..., Any]) -> None:
    found = ask("schedule", "morning")
    assert isinstance(found, TickResult)
    assert [one.run_key for one in found.requests] == ["9"]


def test_a_sensor_reads_the_home_and_makes_none(ask: Callable[..., Any], project: Path) -> None:
    found = ask("sensor", "runs")
    assert [one.run_key for one in found.requests] == ["0 runs"]
    assert found.log == ("INFO looking",)
    assert not (project / ".orch").exists()
    Instance.open(project / ".orch").close()
    assert [one.run_key for one in ask("sensor", "runs").requests] == ["0 runs"]


def test_one_that_raises_harms_no_other(ask: Callable[..., Any]) -> None:
    found = ask("sensor", "bad")
    assert isinstance(found, ErrorInfo)
    assert found.message == "no"
    assert isinstance(ask("schedule", "morning"), TickResult)


def test_a_worker_that_died_is_started_again(ask: Callable[..., Any]) -> None:
    with pytest.raises(Exception, match="7"):
        ask("sensor", "dies")
    assert isinstance(ask("schedule", "morning"), TickResult)
