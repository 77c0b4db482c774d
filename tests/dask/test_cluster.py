"""Runs on a cluster whose scheduler and workers were started from the command line."""

import json
import signal
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import Orch
from tests.dask.conftest import Cluster, Run, is_running, until

Start = Callable[..., Run]
Write = Callable[[str, str], Path]

#: Steps that meet: each waits until as many as there are workers have begun.
MEETING = """
    import os, pathlib, time

    with open("loads.txt", "a") as loads:
        loads.write(f"{os.getpid()}\\n")

    def meeting(number):
        @dg.asset(name=f"guest{number}")
        def guest(context) -> int:
            print("hello from", number)
            pathlib.Path(f"here{number}").touch()
            while len(list(pathlib.Path().glob("here*"))) < 3:
                time.sleep(0.01)
            return number
        return guest

    guests = [meeting(number) for number in range(3)]

    @dg.asset
    def total(guest0: int, guest1: int, guest2: int) -> int:
        return guest0 + guest1 + guest2

    defs = dg.Definitions(assets=[*guests, total])
"""


def worker_of(event: dict[str, object]) -> str:
    """The name of the Dask worker that an event tells of."""
    return str(event["worker"]).partition("/")[0]


def test_steps_run_at_once_on_all_workers(cluster: Cluster, start: Start, write: Write, project: Path) -> None:
    write("definitions.py", MEETING)
    run = start("--dask-address", cluster.address)
    assert run.end() == 0, run.errors.read_text()
    assert {worker_of(one) for one in run.of("step_started") if one["step"] != "total"} == {"alice", "bob", "carol"}
    assert [one["asset"] for one in run.of("asset_materialized")][-1] == "total"
    # the command itself, and once beside each worker: the processes that run steps are copies
    assert len((project / "loads.txt").read_text().split()) == 4
    (captured,) = run.of("logs_captured", "guest1")
    assert (project / ".orch/logs" / f"{captured['file']}.out").read_text() == "hello from 1\n"
    (started,) = run.of("run_started")
    assert (started["executor"], started["max_workers"]) == ("dask", 3)
    until(lambda: not any(is_running(one["pid"]) for one in run.of("step_started")))


def test_events_come_while_a_step_runs(cluster: Cluster, start: Start, write: Write, project: Path) -> None:
    write(
        "definitions.py",
        """
        import pathlib, time

        @dg.asset
        def waits(context) -> None:
            context.log.info("waiting")
            while not pathlib.Path("go").exists():
                time.sleep(0.01)

        defs = dg.Definitions(assets=[waits])
        """,
    )
    run = start("--dask-address", cluster.address)
    assert run.until("log", "waits")["message"] == "waiting"
    (project / "go").touch()
    assert run.end() == 0


def test_what_a_step_asks_for_is_honoured(cluster: Cluster, start: Start, write: Write) -> None:
    write(
        "definitions.py",
        """
        @dg.asset(op_tags={"dask/resources": {"GPU": 1}})
        def a() -> None: ...

        @dg.asset(op_tags={"dagster-dask/resource_requirements": {"GPU": 1}})
        def b() -> None: ...

        @dg.asset(op_tags={"dask/resources": "GPU"})
        def wrong() -> None: ...

        defs = dg.Definitions(assets=[a, b, wrong])
        """,
    )
    run = start("--dask-address", cluster.address)
    assert run.end() == 1
    assert {one["step"]: worker_of(one) for one in run.of("step_started")} == {"a": "carol", "b": "carol", "wrong": ""}
    assert "how much of each resource" in run.of("step_failed")[0]["error"]["hint"]


def test_several_locations_and_config_of_one_of_them(cluster: Cluster, start: Start, write: Write) -> None:
    write("a.py", "@dg.asset\ndef a() -> int:\n    return 1\n\ndefs = dg.Definitions(assets=[a])")
    write(
        "b.py",
        """
        class Size(dg.ConfigurableResource):
            size: int

        @dg.op(out=dg.DynamicOut())
        def parts(a, size: Size):
            for number in range(a + size.size):
                yield dg.DynamicOutput(number, mapping_key=str(number))

        @dg.op
        def doubled(number):
            return 2 * number

        @dg.op
        def total(numbers):
            assert sorted(numbers) == [0, 2, 4]
            return 1

        @dg.graph_asset
        def b(a):
            return total(parts(a).map(doubled).collect())

        defs = dg.Definitions(assets=[b], resources={"size": Size.configure_at_launch()})
        """,
    )
    run = start("--dask-address", cluster.address, "-f", "a.py", "-f", "b.py", "--set", "resources.size.config.size=2")
    assert run.end() == 0, run.errors.read_text()
    assert [one["asset"] for one in run.of("asset_materialized")] == ["a", "b"]


def test_who_dies_is_named_and_the_rest_goes_on(cluster: Cluster, start: Start, write: Write) -> None:
    write(
        "definitions.py",
        """
        import os, signal

        @dg.asset
        def falls() -> None:
            print("oh", flush=True)
            os.kill(os.getpid(), signal.SIGSEGV)

        @dg.asset(deps=[falls])
        def after() -> None: ...

        @dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
        def stumbles(context) -> None:
            if context.retry_number == 0:
                os._exit(3)

        defs = dg.Definitions(assets=[falls, after, stumbles])
        """,
    )
    run = start("--dask-address", cluster.address)
    assert run.end() == 1
    (failed,) = run.of("step_failed")
    assert (failed["step"], failed["error"]["type"]) == ("falls", "WorkerDiedError")
    assert "SIGSEGV" in failed["error"]["message"]
    assert [one["out_to"] for one in run.of("logs_captured", "falls")] == [3]
    assert [one["step"] for one in run.of("step_succeeded")] == ["stumbles"]
    assert [one["step"] for one in run.of("step_skipped")] == ["after"]


LONG = """
    import pathlib, os, time

    @dg.asset({policy})
    def long(context) -> int:
        print("attempt", context.retry_number, flush=True)
        if context.retry_number == 0:
            time.sleep(60)
        return 1

    @dg.asset
    def other(long: int) -> None: ...

    defs = dg.Definitions(assets=[long, other])
"""


def test_a_step_of_a_lost_worker_runs_again_elsewhere(cluster: Cluster, start: Start, write: Write) -> None:
    write("definitions.py", LONG.replace("{policy}", "retry_policy=dg.RetryPolicy(max_retries=1)"))
    run = start("--dask-address", cluster.address)
    started = run.until("step_started", "long")
    lost = worker_of(started)
    cluster.kill(lost)
    assert run.end() == 0, run.errors.read_text()
    (again,) = run.of("step_up_for_retry")
    assert f"Dask worker `{lost}` was lost" in again["error"]["message"]
    first, second = run.of("step_started", "long")
    assert worker_of(second) not in (lost, "")
    assert (first["attempt"], second["attempt"]) == (0, 1)
    until(lambda: not is_running(int(started["pid"])))
    cluster.revive(lost)


def test_without_a_retry_policy_it_fails(cluster: Cluster, start: Start, write: Write) -> None:
    write("definitions.py", LONG.replace("{policy}", ""))
    run = start("--dask-address", cluster.address)
    lost = worker_of(run.until("step_started", "long"))
    cluster.kill(lost)
    assert run.end() == 1
    (failed,) = run.of("step_failed")
    assert (failed["error"]["type"], len(run.of("step_started", "long"))) == ("WorkerDiedError", 1)
    assert f"Dask worker `{lost}` was lost" in failed["error"]["message"]
    cluster.revive(lost)


STUBBORN = """
    import pathlib, time

    @dg.asset
    def a() -> None:
        try:
            pathlib.Path("begun").touch()
            time.sleep(60)
        except KeyboardInterrupt:
            pathlib.Path("told").touch()
            {then}

    defs = dg.Definitions(assets=[a, *[dg.AssetSpec("x")]])
"""


def test_the_first_signal_reaches_user_code(cluster: Cluster, start: Start, write: Write, project: Path) -> None:
    write("definitions.py", STUBBORN.replace("{then}", "raise"))
    run = start("--dask-address", cluster.address)
    started = run.until("step_started", "a")
    until((project / "begun").exists)
    run.process.send_signal(signal.SIGINT)
    assert run.end() == 130
    assert (project / "told").exists()
    assert [one["step"] for one in run.of("step_canceled")] == ["a"]
    assert run.of("run_finished")[0]["status"] == "canceled"
    until(lambda: not is_running(int(started["pid"])))


def test_the_second_signal_ends_all_at_once(cluster: Cluster, start: Start, write: Write, project: Path) -> None:
    write("definitions.py", STUBBORN.replace("{then}", "time.sleep(60)"))
    run = start("--dask-address", cluster.address)
    started = run.until("step_started", "a")
    until((project / "begun").exists)
    run.process.send_signal(signal.SIGINT)
    until((project / "told").exists)
    run.process.send_signal(signal.SIGINT)
    assert run.end() == 130
    until(lambda: not is_running(int(started["pid"])))


def test_nothing_outlives_a_coordinator_that_was_killed(cluster: Cluster, start: Start, write: Write) -> None:
    write("definitions.py", LONG.replace("{policy}", ""))
    run = start("--dask-address", cluster.address)
    started = run.until("step_started", "long")
    run.process.kill()
    until(lambda: not is_running(int(started["pid"])))


def test_outputs_in_an_object_store(
    cluster: Cluster, orch: Orch, write: Write, store_variables: dict[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in store_variables.items():
        monkeypatch.setenv(name, value)
    import s3fs

    store = s3fs.S3FileSystem(skip_instance_cache=True)
    store.mkdir("kitchen")
    write(
        "definitions.py",
        """
        @dg.asset
        def cakes() -> list[str]:
            return ["cheesecake"]

        @dg.asset
        def count(cakes: list[str]) -> int:
            return len(cakes)

        resources = {"io_manager": dg.FilesystemIOManager(base_dir="s3://kitchen/values")}
        defs = dg.Definitions(assets=[cakes, count], resources=resources)
        """,
    )
    done = orch("materialize", "--select", "*", "--dask-address", cluster.address)
    assert done.returncode == 0, done.stderr
    assert sorted(store.find("kitchen")) == ["kitchen/values/cakes.pickle", "kitchen/values/count.pickle"]


def test_a_scheduler_that_is_lost_fails_the_run_and_retry_continues(
    tmp_path: Path, start: Start, write: Write, orch: Orch, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Cluster(tmp_path)
    own.start_scheduler()
    try:
        own.start_worker("dora")
        write(
            "definitions.py",
            """
            import os, time

            @dg.asset
            def first() -> int:
                return 1

            @dg.asset
            def long(first: int) -> int:
                time.sleep(0 if "QUICK" in os.environ else 60)
                return 1

            @dg.asset
            def last(long: int) -> int:
                return 1

            @dg.asset
            def waits(first: int) -> None: ...

            defs = dg.Definitions(assets=[first, long, last, waits])
            """,
        )
        run = start("--dask-address", own.address, "--fail-fast")
        started = run.until("step_started", "long")
        own.kill("scheduler")
        assert run.end() == 1, run.errors.read_text()
        failed = {one["step"]: one["error"]["message"] for one in run.of("step_failed")}
        assert set(failed) == {"long"}
        assert "the Dask scheduler at" in failed["long"]
        assert "is gone" in run.of("run_finished")[0]["message"]
        assert {one["step"] for one in run.of("step_skipped")} == {"last", "waits"}
        until(lambda: not is_running(int(started["pid"])))
        monkeypatch.setenv("QUICK", "1")
        done = orch("retry", "--last", "--executor", "in_process", "--format", "json")
        assert done.returncode == 0, done.stderr
        again = [json.loads(line) for line in done.stdout.splitlines()]
        assert {one["step"] for one in again if one["type"] == "step_succeeded"} == {"long", "last", "waits"}
    finally:
        own.stop()


def test_a_scheduler_that_is_not_there(write: Write, orch: Orch) -> None:
    write(
        "definitions.py",
        """
        @dg.asset
        def a() -> None: ...

        cluster = {"existing": {"address": "tcp://127.0.0.1:1", "timeout": 0.5}}
        defs = dg.Definitions(assets=[a], executor=dg.dask_executor.configured({"cluster": cluster}))
        """,
    )
    done = orch("materialize", "--select", "*")
    assert "there is no Dask scheduler at tcp://127.0.0.1:1" in done.stderr
    assert json.loads(orch("runs", "list", "--json").stdout) == []
    assert done.returncode == 1
