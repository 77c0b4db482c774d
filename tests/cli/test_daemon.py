"""`orch daemon`, the real process."""

import json
import os
import signal
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import IO

import pytest

from tests.conftest import ORCH, Orch, environment

SENSORS = """
import os, time
from pathlib import Path

@dg.op
def note(context):
    with Path("runs").open("a") as file:
        file.write(context.run.tags["n"] + "\\n")

@dg.job
def noting():
    note()

@dg.sensor(job=noting, minimum_interval_seconds=1, default_status=dg.DefaultSensorStatus.RUNNING)
def counting(context):
    seen = int(context.cursor or 0)
    context.update_cursor(str(seen + 1))
    return dg.RunRequest(run_key=str(seen), tags={"n": str(seen)})
"""
BAD = """
@dg.sensor(job=noting, minimum_interval_seconds=1, default_status=dg.DefaultSensorStatus.RUNNING)
def crashing(context):
    os._exit(3)

@dg.sensor(job=noting, minimum_interval_seconds=1, default_status=dg.DefaultSensorStatus.RUNNING)
def hanging(context):
    time.sleep(600)
"""

Start = Callable[..., "subprocess.Popen[str]"]


@pytest.fixture
def start(project: Path) -> Iterator[Start]:
    started: list[subprocess.Popen[str]] = []

    def begin(*options: str) -> "subprocess.Popen[str]":
        process = subprocess.Popen(
            [str(ORCH), "daemon", *options],
            cwd=project,
            env=environment(),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        started.append(process)
        return process

    yield begin
    for process in started:
        process.kill()
        process.wait()
        said(process).close()


def said(process: "subprocess.Popen[str]") -> IO[str]:
    assert process.stderr is not None
    return process.stderr


def wait_for(process: "subprocess.Popen[str]", *texts: str) -> None:
    """Read what it says until each text was there."""
    left = list(texts)
    for line in said(process):
        left = [text for text in left if text not in line]
        if not left:
            return
    raise AssertionError(f"it never said {left}")


def test_it_evaluates_and_runs_until_it_is_stopped(
    start: Start, orch: Orch, project: Path, write: Callable[[str, str], Path]
) -> None:
    write("definitions.py", SENSORS)
    process = start()
    wait_for(process, "ended: success, job noting (counting)")
    for words, code in ((("daemon",), 1), (("tick",), 0)):
        other = orch(*words)
        assert other.returncode == code
        assert f"pid {process.pid} on {os.uname().nodename}" in other.stderr
    process.send_signal(signal.SIGTERM)
    assert process.wait() == 143
    assert "stopped; runs that were started go on" in said(process).read()
    assert orch("tick").returncode == 0  # the lease was given back
    lines = (project / "runs").read_text().split()
    assert sorted(set(lines), key=int) == sorted(lines, key=int)


def test_after_kill_9_the_next_goes_on_at_once(
    start: Start, orch: Orch, project: Path, write: Callable[[str, str], Path]
) -> None:
    write("definitions.py", SENSORS)
    for _ in range(3):
        process = start()
        wait_for(process, "job noting (counting)")
        process.kill()
        process.wait()
    process = start()
    wait_for(process, "ended: success", "ended: success")
    process.send_signal(signal.SIGINT)
    assert process.wait() == 130
    orch("sensors", "stop", "counting")
    assert orch("tick").returncode == 0  # what was still queued
    ticks = json.loads(orch("sensors", "history", "counting", "--format", "json").stdout)
    requested = [run for tick in ticks for run in tick["runs"]]
    runs = {run["run_id"]: run for run in json.loads(orch("runs", "list", "-n", "1000", "--format", "json").stdout)}
    assert sorted(requested) == sorted(runs)
    assert sorted(int(run["tags"]["n"]) for run in runs.values()) == list(range(len(requested)))


def test_a_sensor_that_hangs_or_crashes_harms_nobody_else(start: Start, write: Callable[[str, str], Path]) -> None:
    write("definitions.py", SENSORS + BAD)
    process = start("--evaluation-timeout", "1")
    wait_for(
        process,
        "sensor hanging failed: TimeoutError: it took longer than 1 s",
        "sensor crashing failed: WorkerDiedError",
        "ended: success, job noting (counting)",
    )
    wait_for(process, "ended: success, job noting (counting)")


def test_code_that_changes_is_loaded_again(start: Start, write: Callable[[str, str], Path]) -> None:
    write("definitions.py", SENSORS)
    process = start()
    wait_for(process, "loaded: definitions.py")
    write("definitions.py", SENSORS.replace("def counting", "def other"))
    wait_for(process, "files have changed", "ended: success, job noting (other)")
    write("definitions.py", "1 +\n")
    wait_for(process, "cannot be loaded")
    write("definitions.py", SENSORS.replace("def counting", "def third"))
    wait_for(process, "ended: success, job noting (third)")


def test_what_is_no_limit(orch: Orch, write: Callable[[str, str], Path]) -> None:
    write("definitions.py", SENSORS)
    done = orch("daemon", "--limit", "cakes=1")
    assert done.returncode == 2
    assert "`cakes=1` is no limit" in done.stderr
