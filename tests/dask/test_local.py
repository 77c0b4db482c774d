"""A Dask cluster that lives as long as the run, and what may be said about clusters."""

import os
import signal
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from orchestrator.errors import ConfigError, ExecutionError
from orchestrator.execution.executors.dask_cluster import DaskCluster
from tests.conftest import Orch
from tests.dask.conftest import Run, is_running, until

Write = Callable[[str, str], Path]

TWO = """
    import os, pathlib

    @dg.asset
    def a() -> int:
        return os.getpid()

    @dg.asset
    def b(a: int) -> int:
        pathlib.Path("parent").write_text(str(os.getppid()))
        return a

    cluster = {"local": {"n_workers": 1, "threads_per_worker": 2, **{options}}}
    defs = dg.Definitions(assets=[a, b], executor=dg.dask_executor.configured({"cluster": cluster}))
"""


def test_a_local_cluster_is_started_and_stopped(write: Write, start: Callable[..., Run], project: Path) -> None:
    write("definitions.py", TWO.replace("{options}", "{}"))
    run = start()
    assert run.end() == 0, run.errors.read_text()
    (started,) = run.of("run_started")
    assert (started["executor"], started["max_workers"]) == ("dask", 2)
    assert run.errors.read_text() == ""
    pids = [one["pid"] for one in run.of("step_started")] + [int((project / "parent").read_text())]
    assert run.process.pid not in pids
    until(lambda: not any(is_running(pid) for pid in pids))


def test_in_one_process_and_encrypted(write: Write, start: Callable[..., Run]) -> None:
    pytest.importorskip("cryptography")
    write("definitions.py", TWO.replace("{options}", '{"processes": False, "protocol": "tls://", "security": True}'))
    run = start()
    assert run.end() == 0, run.errors.read_text()
    assert len(run.of("step_succeeded")) == 2


STUBBORN = """
    import os, pathlib, time

    @dg.asset
    def a() -> None:
        try:
            pathlib.Path("begun").write_text(str(os.getppid()))
            time.sleep(60)
        except KeyboardInterrupt:
            pathlib.Path("told").touch()
            time.sleep(60 if pathlib.Path("stubborn").exists() else 0)
            raise

    defs = dg.Definitions(assets=[a])
"""


@pytest.mark.parametrize("stubborn", [False, True])
def test_ctrl_c(write: Write, start: Callable[..., Run], project: Path, *, stubborn: bool) -> None:
    write("definitions.py", STUBBORN)
    if stubborn:
        (project / "stubborn").touch()
    run = start("--executor", "dask", "-j", "1")
    pid = run.until("step_started", "a")["pid"]
    first = int(until(lambda: (project / "begun").exists() and (project / "begun").read_text()))
    os.killpg(run.process.pid, signal.SIGINT)  # all that the terminal started
    until((project / "told").exists)
    if stubborn:
        os.killpg(run.process.pid, signal.SIGINT)
    assert run.end() == 130
    assert run.of("run_finished")[0]["status"] == "canceled"
    assert "Traceback" not in run.errors.read_text()
    until(lambda: not is_running(pid) and not is_running(first) and not _group(run.process.pid))


def _group(leader: int) -> list[int]:
    """The processes that a terminal would have started."""
    pids = (int(path.name) for path in Path("/proc").iterdir() if path.name.isdigit())
    return [pid for pid in pids if is_running(pid) and _group_of(pid) == leader]


def _group_of(pid: int) -> int:
    try:
        return os.getpgid(pid)
    except ProcessLookupError:
        return 0


def test_nothing_outlives_a_command_that_was_killed(write: Write, start: Callable[..., Run], project: Path) -> None:
    write("definitions.py", STUBBORN)
    run = start("--executor", "dask", "-j", "1")
    pid = run.until("step_started", "a")["pid"]
    run.process.kill()
    until(lambda: not is_running(pid) and not _group(run.process.pid))


@pytest.mark.parametrize(
    ("config", "message"),
    [
        ({"slurm": {}}, "names a cluster `slurm`"),
        ({"locl": {}}, "names a cluster `locl`"),
        ({"local": {}, "existing": {"address": "tcp://a:1"}}, "names two clusters"),
        ({"existing": {}}, "does not say where the cluster is"),
        ({"existing": "tcp://a:1"}, "has existing: 'tcp://a:1'"),
    ],
)
def test_config_that_is_none(config: dict[str, Any], message: str) -> None:
    with pytest.raises(ConfigError, match=message):
        DaskCluster(config)


def test_options_that_dask_does_not_take() -> None:
    with pytest.raises(ExecutionError, match=r"a local Dask cluster cannot be started: .*'colour'"):
        DaskCluster({"local": {"processes": False, "colour": "red"}})


def test_config_errors_come_before_anything_is_recorded(write: Write, orch: Orch) -> None:
    write(
        "definitions.py",
        """
        class Size(dg.Config):
            size: int

        @dg.asset
        def a(config: Size) -> None: ...

        cluster = {"local": {"processes": False}}
        defs = dg.Definitions(assets=[a], executor=dg.dask_executor.configured({"cluster": cluster}))
        """,
    )
    done = orch("materialize", "--select", "*")
    assert "size" in done.stderr
    assert done.returncode == 2
    assert orch("runs", "list", "--json").stdout.strip() == "[]"
