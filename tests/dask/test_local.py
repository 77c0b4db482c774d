"""A Dask cluster that lives as long as the run, and what may be said about clusters."""

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


def test_a_signal_to_the_whole_terminal(write: Write, start: Callable[..., Run], project: Path) -> None:
    write(
        "definitions.py",
        """
        import os, pathlib, time

        @dg.asset
        def a() -> None:
            try:
                pathlib.Path("begun").write_text(str(os.getppid()))
                time.sleep(60)
            except KeyboardInterrupt:
                pathlib.Path("told").touch()
                raise

        defs = dg.Definitions(assets=[a])
        """,
    )
    run = start("--executor", "dask", "-j", "1")
    started = run.until("step_started", "a")
    until(lambda: (project / "begun").exists() and (project / "begun").read_text())
    # as Ctrl-C: to the command and to what it started, but not to workers, which lead sessions of their own
    run.process.send_signal(signal.SIGINT)
    assert run.end() == 130
    assert (project / "told").exists()
    until(lambda: not is_running(started["pid"]) and not is_running(int((project / "begun").read_text())))


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
