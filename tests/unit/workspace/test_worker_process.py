"""What became of a process, and what it left behind."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from orchestrator.workspace import worker_process
from orchestrator.workspace.channel import Channel
from orchestrator.workspace.worker_process import WorkerDiedError, WorkerProcess, oom_kills, wait_for_exit

Start = Callable[..., WorkerProcess]


@pytest.fixture
def start() -> Iterator[Start]:
    """Starts a program as a worker, which holds the other end of its channel as long as it lives."""
    started: list[subprocess.Popen[bytes]] = []

    def start(script: str, hint: str | None = None) -> WorkerProcess:
        ours, theirs = Channel.pair()
        process = subprocess.Popen(
            [sys.executable, "-S", "-c", f"END = {theirs.fileno()}\n{script}"],
            pass_fds=(theirs.fileno(),),
            start_new_session=True,
        )
        theirs.close()
        started.append(process)

        def await_exit(seconds: float) -> int | None:
            try:
                return process.wait(seconds)
            except subprocess.TimeoutExpired:
                return None

        return WorkerProcess("the worker", process.pid, ours, await_exit, hint)

    yield start
    for process in started:
        if process.poll() is None:
            process.kill()
        process.wait()


def death(worker: WorkerProcess) -> WorkerDiedError:
    with pytest.raises(WorkerDiedError) as caught:
        worker.receive()
    assert not worker.is_alive
    assert worker.died() is caught.value
    return caught.value


def test_an_exit_code(start: Start) -> None:
    error = death(start("raise SystemExit(7)", hint="try again"))
    assert error.message == "the worker ended with exit code 7"
    assert error.hint == "try again"


@pytest.mark.parametrize("number", [signal.SIGSEGV, signal.SIGTERM, signal.SIGABRT])
def test_a_signal(start: Start, number: signal.Signals) -> None:
    error = death(start(f"import os; os.kill(os.getpid(), {int(number)})"))
    assert error.message == f"the worker was killed by {number.name}"


def test_a_signal_without_a_name(start: Start) -> None:
    number = signal.SIGRTMIN + 2
    assert (
        death(start(f"import os; os.kill(os.getpid(), {number})")).message
        == f"the worker was killed by signal {number}"
    )


def test_sigkill_may_have_been_for_want_of_memory(start: Start) -> None:
    error = death(start("import os; os.kill(os.getpid(), 9)"))
    assert error.message == "the worker was killed by SIGKILL"
    assert "out of memory?" in str(error.hint)


def counters(monkeypatch: pytest.MonkeyPatch, *paths: Path) -> None:
    monkeypatch.setattr(worker_process, "_oom_counters", lambda: tuple(map(str, paths)))


def test_the_kernel_tells_that_memory_was_short(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counter = tmp_path / "memory.events"
    counters(monkeypatch, tmp_path / "absent", counter)
    counter.write_text("low 0\nhigh 4\nmax 3\noom 1\noom_kill 2\n")
    worker = start("import os; os.read(END, 1); os.kill(os.getpid(), 9)")
    counter.write_text("low 0\nhigh 4\nmax 9\noom 2\noom_kill 3\n")
    worker.send("die")
    error = death(worker)
    assert error.message == "the worker was out of memory: the kernel killed it (SIGKILL)"
    assert "--max-workers" in str(error.hint)


@pytest.mark.parametrize(
    ("text", "kills"),
    [
        ("oom_kill_disable 0\nunder_oom 0\noom_kill 5\n", 5),  # version 1 of control groups
        ("nr_free_pages 1\noom_kill 12\npgfault 3\n", 12),  # of the machine
        ("oom_kill_disable 0\n", 0),
        ("", 0),
    ],
)
def test_counters_of_the_kernel(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str, kills: int) -> None:
    (tmp_path / "one").write_text(text)
    counters(monkeypatch, tmp_path / "one")
    assert oom_kills() == kills


def test_the_counters_of_this_machine_can_be_read() -> None:
    assert worker_process._oom_counters()[-1] == "/proc/vmstat"
    assert oom_kills() >= 0


def _is_gone(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except OSError:
        return True
    return state == "Z"


_WITH_CHILD = """
import os, subprocess, sys
child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"], pass_fds=(END,))
os.write(END, child.pid.to_bytes(8))
"""


@pytest.mark.parametrize("last", ["os._exit(3)", "os.kill(os.getpid(), 9)", "os.read(END, 1)"])
def test_its_children_die_with_it_even_if_they_keep_the_channel_open(start: Start, last: str) -> None:
    worker = start(_WITH_CHILD + last)
    child = int.from_bytes(os.read(worker.channel.fileno(), 8))
    assert not _is_gone(child)
    if "read" in last:
        worker.close(at_once=True)
    else:
        death(worker)
    give_up = time.monotonic() + 3
    while not _is_gone(child) and time.monotonic() < give_up:
        os.sched_yield()
    assert _is_gone(child)


def test_one_that_ends_when_it_is_asked_to(start: Start) -> None:
    worker = start("import os; os.read(END, 1)")
    assert worker.is_alive
    worker.close()
    worker.close()
    assert not worker.is_alive
    assert worker.channel.fileno() == -1
    worker.kill()  # nothing is left to kill
    worker.interrupt()
    assert worker.died().message == "the worker is not running"


def test_one_that_does_not_end_is_killed(start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(worker_process, "_GRACE", 0.1)
    worker = start("import time; time.sleep(60)")
    worker.close()
    assert _is_gone(worker.pid)


def test_waiting_for_a_child(start: Start) -> None:
    assert wait_for_exit(os.getppid(), 0.0) is None
    child = os.spawnl(os.P_NOWAIT, sys.executable, "python", "-S", "-c", "raise SystemExit(4)")
    assert wait_for_exit(child, 10.0) == 4
    assert wait_for_exit(child, 0.0) is None
