"""A Dask cluster as people start it: a scheduler and workers, from the command line."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("distributed", reason="the extra `dask` is not installed")

from tests.conftest import ORCH, environment

DASK = Path(sys.executable).with_name("dask")


def until(condition: Callable[[], Any], seconds: float = 20) -> Any:
    """Wait for something that other processes bring about."""
    give_up = time.monotonic() + seconds
    while not (found := condition()):
        assert time.monotonic() < give_up, "it never came about"
        time.sleep(0.02)
    return found


def is_running(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return False
    return state != "Z"


class Cluster:
    """Processes of Dask, by name."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.scheduler_file = folder / "scheduler.json"
        self.processes: dict[str, subprocess.Popen[bytes]] = {}
        self._workers: dict[str, tuple[tuple[str, ...], dict[str, str]]] = {}

    def start(self, name: str, *arguments: str, **variables: str) -> None:
        with (self.folder / f"{name}.log").open("wb") as log:
            self.processes[name] = subprocess.Popen(
                [str(DASK), *arguments, "--scheduler-file", str(self.scheduler_file)],
                cwd=self.folder,
                env=environment(**variables),
                stdout=log,
                stderr=log,
            )

    def start_scheduler(self) -> None:
        self.start("scheduler", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")

    def start_worker(self, name: str, *arguments: str, **variables: str) -> None:
        self._workers[name] = arguments, variables
        self.start(
            name, "worker", "--name", name, "--nthreads", "1", "--no-nanny", "--no-dashboard", *arguments, **variables
        )

    @property
    def address(self) -> str:
        return str(
            json.loads(until(lambda: self.scheduler_file.exists() and self.scheduler_file.read_text()))["address"]
        )

    def wait_for_workers(self, number: int) -> None:
        import distributed

        with distributed.Client(self.address, set_as_default=False) as client:
            client.wait_for_workers(number, timeout=30)

    def kill(self, name: str) -> None:
        process = self.processes.pop(name)
        process.send_signal(signal.SIGKILL)
        process.wait()

    def revive(self, name: str) -> None:
        """Start a worker again that was killed."""
        arguments, variables = self._workers[name]
        self.start_worker(name, *arguments, **variables)
        self.wait_for_workers(len(self._workers))

    def stop(self) -> None:
        for process in self.processes.values():
            process.kill()
        for process in self.processes.values():
            process.wait()


@pytest.fixture(scope="module")
def object_store() -> Iterator[str]:
    """The address of a server that speaks S3."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture(scope="module")
def store_variables(object_store: str) -> dict[str, str]:
    """What the environment says about the object store."""
    return {
        "AWS_ENDPOINT_URL": object_store,
        "AWS_ACCESS_KEY_ID": "bakery",
        "AWS_SECRET_ACCESS_KEY": "bakery",
        "AWS_DEFAULT_REGION": "us-east-1",
        "NO_PROXY": "127.0.0.1",
    }


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory, store_variables: dict[str, str]) -> Iterator[Cluster]:
    """A scheduler and three workers, one of which has a GPU."""
    running = Cluster(tmp_path_factory.mktemp("cluster"))
    running.start_scheduler()
    try:
        running.start_worker("alice", **store_variables)
        running.start_worker("bob", **store_variables)
        running.start_worker("carol", "--resources", "GPU=1", **store_variables)
        running.wait_for_workers(3)
        yield running
    finally:
        running.stop()


class Run:
    """An `orch materialize` that is under way, and its events."""

    def __init__(self, folder: Path, *arguments: str, **variables: str) -> None:
        self.errors = folder / "errors"
        with self.errors.open("wb") as errors:
            self.process = subprocess.Popen(
                [str(ORCH), "materialize", "--select", "*", "--format", "json", *arguments],
                cwd=folder,
                env=environment(**variables),
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                start_new_session=True,
            )
        self.events: list[dict[str, Any]] = []

    def until(self, kind: str, step: str | None = None, number: int = 1) -> dict[str, Any]:
        """Read events until the one that is wanted comes."""
        assert self.process.stdout is not None
        for line in self.process.stdout:
            event = json.loads(line)
            self.events.append(event)
            if event["type"] == kind and step in (None, event.get("step")):
                number -= 1
                if number == 0:
                    return dict(event)
        raise AssertionError(f"no {kind} of {step}: {self.errors.read_text()}\n{self.events}")

    def end(self) -> int:
        """Read the rest, and return the exit code."""
        assert self.process.stdout is not None
        self.events += [json.loads(line) for line in self.process.stdout]
        return self.process.wait(20)

    def of(self, kind: str, step: str | None = None) -> list[dict[str, Any]]:
        """The events of a kind that were read."""
        return [one for one in self.events if one["type"] == kind and step in (None, one.get("step"))]


@pytest.fixture
def start(project: Path) -> Iterator[Callable[..., Run]]:
    """Starts runs in the project; kills those that are still there at the end."""
    runs: list[Run] = []

    def start(*arguments: str, **variables: str) -> Run:
        runs.append(Run(project, *arguments, **variables))
        return runs[-1]

    yield start
    for run in runs:
        run.process.kill()
        run.process.wait()
        if run.process.stdout is not None:
            run.process.stdout.close()
