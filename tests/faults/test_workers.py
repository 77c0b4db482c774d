"""What is hard on workers: deaths, time limits, children, much output, strange values, resources that fail."""

import os
import pickle
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import msgspec
import pytest

from orchestrator.execution.captured_text import CapturedText
from orchestrator.execution.executors import workers
from orchestrator.execution.executors.settings import MULTIPROCESS, ExecutorSettings
from orchestrator.execution.run import RunResult
from orchestrator.instance import Instance
from orchestrator.launch import run_in_workspace
from orchestrator.planning.planner import plan_job
from orchestrator.runs.events import (
    AssetMaterialized,
    LogsCaptured,
    LogWritten,
    OutputProduced,
    StepCanceled,
    StepFailed,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)
from orchestrator.runs.records import RunStatus
from orchestrator.workspace.settings import Target, find_locations
from orchestrator.workspace.workspace import open_workspace

JOBS = Path(__file__).with_name("worker_jobs")

ONE = ExecutorSettings(name=MULTIPROCESS, max_workers=1)
TWO = ExecutorSettings(name=MULTIPROCESS, max_workers=2)
SPAWNED = ExecutorSettings(name=MULTIPROCESS, max_workers=2, fork=False)
ISOLATED = ExecutorSettings(name=MULTIPROCESS, max_workers=2, isolate_steps=True)
EACH_KIND = pytest.mark.parametrize(
    "settings", [ONE, TWO, SPAWNED, ISOLATED], ids=["one", "two", "spawned", "isolated"]
)


E = TypeVar("E")


class Ran:
    """What came of a run.

    Args:
        result: what it returned.
        instance: where it is recorded.
    """

    def __init__(self, result: RunResult, instance: Instance) -> None:
        self.result = result
        self.status = result.run.status
        self.events = [stored.event for stored in instance.store.events(run_id=result.run.run_id)]
        self.text = CapturedText(instance.logs)

    def of(self, kind: type[E]) -> list[E]:
        """The events of a kind."""
        return [event for event in self.events if isinstance(event, kind)]

    def error(self, step: str) -> str:
        """Why a step failed."""
        (failed,) = (event for event in self.of(StepFailed) if event.step == step)
        return failed.error.message

    @property
    def done(self) -> set[str]:
        """The steps that ended well."""
        return {event.step for event in self.of(StepSucceeded)}

    @property
    def pids(self) -> list[int]:
        """Where steps ran, in order."""
        return [event.pid for event in self.of(StepStarted)]


Run = Callable[..., Ran]


@pytest.fixture
def notes(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The file in which user code notes what it does."""
    path = tmp_path / "notes"
    path.touch()
    monkeypatch.setenv("NOTES", str(path))
    return path


@pytest.fixture
def run(tmp_path: Path, notes: Path) -> Run:
    """Runs a job; the location is loaded by a process of its own, as where there are several."""

    def run(job: str, settings: ExecutorSettings = TWO, config: Any = None, **tags: str) -> Ran:
        found = find_locations(Target(files=("jobs.py",)), JOBS)
        ref = msgspec.structs.replace(found.refs[0], executable_path=sys.executable)
        with open_workspace(msgspec.structs.replace(found, refs=(ref,))) as workspace:
            assert not workspace.failures
            location, snapshot = workspace.graph.job(job)
            plan = plan_job(snapshot, location, config=config, tags={**snapshot.tags, **tags})
            with Instance.open(tmp_path / "home") as instance:
                return Ran(run_in_workspace(plan, workspace, instance, executor=settings), instance)

    return run


def is_gone(pid: int, seconds: float = 3.0) -> bool:
    """Whether a process ends soon."""
    give_up = time.monotonic() + seconds
    while time.monotonic() < give_up:
        try:
            if Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "Z":
                return True
        except OSError:
            return True
        time.sleep(0.002)
    return False


def of_op(name: str, config: Any) -> dict[str, Any]:
    return {"ops": {name: {"config": config}}}


# --- deaths


DEATHS = {"signal": "was killed by SIGKILL", "segfault": "was killed by SIGSEGV", "exit": "ended with exit code 3"}


@EACH_KIND
@pytest.mark.parametrize("how", ["signal", "exit"])
def test_a_step_whose_worker_died_is_tried_again(run: Run, settings: ExecutorSettings, how: str) -> None:
    ran = run("death_and_retry", settings, of_op("dies_once", how))
    assert ran.status is RunStatus.SUCCESS
    (again,) = ran.of(StepUpForRetry)
    assert DEATHS[how] in again.error.message
    assert [event.attempt for event in ran.of(StepStarted)] == [0, 1]
    assert len(set(ran.pids)) == 2
    assert [ran.text.text(event, "stdout") for event in ran.of(LogsCaptured)] == ["about to die\n"] * 2


@pytest.mark.parametrize("how", DEATHS)
def test_without_a_policy_it_failed_and_the_rest_goes_on(run: Run, how: str) -> None:
    ran = run("death", TWO, of_op("dies", how))
    assert ran.status is RunStatus.FAILURE
    assert DEATHS[how] in ran.error("dies")
    assert ran.done == {"is_unharmed"}


@pytest.mark.parametrize("how", ["signal", "raise"])
def test_retries_may_be_disabled(run: Run, how: str) -> None:
    settings = msgspec.structs.replace(TWO, retries=False)
    ran = run("death_and_retry", settings, of_op("dies_once", how))
    assert ran.status is RunStatus.FAILURE
    assert not ran.of(StepUpForRetry)


def test_what_a_killed_step_left_is_killed(run: Run, notes: Path) -> None:
    ran = run("orphans", TWO)
    assert "was killed by SIGKILL" in ran.error("leaves_children")
    assert is_gone(int(notes.read_text().split()[1]))


# --- time


@EACH_KIND
def test_a_step_that_takes_too_long(run: Run, settings: ExecutorSettings) -> None:
    ran = run("timeout", settings)
    assert ran.status is RunStatus.FAILURE
    assert ran.error("too_long") == "`too_long` took longer than 0.2 s"
    assert not ran.done


def test_a_step_that_does_not_notice_is_killed(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workers, "_NOTICE", 0.2)
    ran = run("stubborn_timeout", TWO)
    assert "did not stop when it was told to" in ran.error("stubborn")
    assert is_gone(ran.pids[0])


@pytest.mark.parametrize("settings", [ONE, TWO], ids=["one", "two"])
def test_a_run_that_takes_too_long(run: Run, settings: ExecutorSettings) -> None:
    ran = run("run_timeout", settings)
    assert ran.status is RunStatus.FAILURE
    assert ran.result.run.message == "took longer than 0.5 s"
    assert {event.step for event in ran.of(StepCanceled)} == {"sleeps", "follows"}


# --- who runs what


def places(ran: Ran, tmp_path: Path) -> list[tuple[int, int]]:
    """By step, the process and its parent."""
    return [pickle.loads(path.read_bytes()) for path in (tmp_path / "home").rglob("where*/*.pickle")]


def test_workers_are_copies_of_the_first(run: Run, tmp_path: Path) -> None:
    ran = run("places", TWO)
    found = places(ran, tmp_path)
    assert len(found) == 6
    assert len({pid for pid, _ in found}) <= 2
    assert {parent for _, parent in found} != {os.getpid()}
    assert (tmp_path / "loads").read_text() == "x"


def test_a_location_that_holds_a_file_is_loaded_afresh(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOLDS_A_FILE", "1")
    ran = run("places", TWO)
    assert ran.status is RunStatus.SUCCESS
    assert {parent for _, parent in places(ran, tmp_path)} == {os.getpid()}
    assert len((tmp_path / "loads").read_text()) >= 2


def test_a_location_that_cannot_be_loaded_again(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOADS_ONCE", "1")
    ran = run("places", SPAWNED)
    assert ran.status is RunStatus.FAILURE
    assert "cannot be loaded in a new worker" in str(ran.result.run.message)
    assert "it loads only once" in str(ran.result.run.message)


def test_each_step_in_a_process_of_its_own(run: Run) -> None:
    assert len(set(run("places", ISOLATED).pids)) == 7


def test_a_worker_is_replaced_after_so_many_steps(run: Run) -> None:
    ran = run("places", msgspec.structs.replace(ONE, max_steps_per_worker=3))
    assert ran.status is RunStatus.SUCCESS
    pids = ran.pids
    assert [pids[0]] * 3 + [pids[3]] * 3 + [pids[6]] == pids
    assert len(set(pids)) == 3


def test_what_is_urgent_is_first(run: Run) -> None:
    ran = run("priorities", ONE)
    assert [event.step for event in ran.of(StepStarted)] == ["high", "middle", "none", "low"]


# --- what steps do


@EACH_KIND
def test_steps_may_have_children(run: Run, tmp_path: Path, settings: ExecutorSettings) -> None:
    ran = run("children", settings)
    assert ran.done == {"uses_a_pool", "forks"}
    (path,) = (tmp_path / "home").rglob("uses_a_pool/*.pickle")
    assert pickle.loads(path.read_bytes()) == [0, 1, 4, 9, 16]


def test_a_step_that_prints_megabytes(run: Run) -> None:
    ran = run("megabytes", TWO)
    (said,) = ran.of(LogsCaptured)
    out, err = ran.text.text(said, "stdout"), ran.text.text(said, "stderr")
    assert out.count("x") == 3000 * 999
    assert out.count("z") == 100_000
    assert err == "y" * 1_000_000 + "\n"


@EACH_KIND
def test_values_of_the_users_own_types(run: Run, settings: ExecutorSettings) -> None:
    ran = run("strange", settings)
    assert ran.status is RunStatus.SUCCESS, ran.of(StepFailed)
    logs = {event.message: event.extra for event in ran.of(LogWritten)}
    assert set(logs) == {"strange", "with more"}
    (made,) = ran.of(AssetMaterialized)
    assert made.asset == "thing"
    assert made.metadata["number"].value == 3
    assert next(event.mapping_key for event in ran.of(OutputProduced)) == "red"
    assert ran.done == {"says_strange_things", "takes_one[red]"}


@EACH_KIND
def test_errors_of_the_users_own_types(run: Run, settings: ExecutorSettings) -> None:
    ran = run("strange_failure", settings)
    (failed,) = ran.of(StepFailed)
    assert failed.error.message == "strange"
    assert failed.metadata["number"].value == 3


@EACH_KIND
def test_the_debugger_has_no_terminal_in_a_worker(run: Run, settings: ExecutorSettings) -> None:
    ran = run("debugger", settings)
    assert ran.status is RunStatus.FAILURE
    assert "breakpoint" in ran.error("breaks_into_the_debugger")


# --- resources


def test_resources_start_once_per_worker(run: Run, notes: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TOGETHER", "1")
    ran = run("with_resource", TWO)
    assert ran.status is RunStatus.SUCCESS
    lines = [line.split() for line in notes.read_text().splitlines()]
    ups = [pid for word, pid in lines if word == "up"]
    assert len(ups) == len(set(ups)) == 2
    assert sorted(pid for word, pid in lines if word == "down") == sorted(ups)


@pytest.mark.parametrize("settings", [ONE, TWO, SPAWNED], ids=["one", "two", "spawned"])
def test_a_resource_that_fails_at_first(run: Run, settings: ExecutorSettings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAILS_AT", "1")
    ran = run("with_resource", settings)
    assert ran.status is RunStatus.FAILURE
    assert "no more than 0" in str(ran.result.run.message)
    assert not ran.done


def test_a_resource_that_fails_in_a_later_worker(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("FAILS_AT", "2")
    ran = run("with_resource", TWO)
    assert ran.status is RunStatus.FAILURE
    failed = ran.of(StepFailed)
    assert failed
    assert all("no more than 1" in event.error.message for event in failed)


@pytest.mark.parametrize("settings", [ONE, TWO, ISOLATED], ids=["one", "two", "isolated"])
def test_a_resource_that_does_not_close(run: Run, tmp_path: Path, settings: ExecutorSettings) -> None:
    ran = run("complaint", settings)
    assert ran.status is RunStatus.SUCCESS
    assert any("it does not close" in path.read_text() for path in (tmp_path / "home" / "logs").rglob("*.err"))
