"""What keeps a process that has loaded user code from becoming two."""

import socket
import sys
import threading
import types
from pathlib import Path

import pytest

from orchestrator.workspace import forking
from orchestrator.workspace.forking import fork_hazard, open_files


@pytest.fixture
def threads() -> int:
    """Those of this process, which the test runner may have started."""
    return len(list(Path("/proc/self/task").iterdir()))


@pytest.fixture(autouse=True)
def without_numpy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(sys.modules, "numpy.random", raising=False)


def test_nothing(threads: int) -> None:
    assert fork_hazard(open_files(), threads=threads) == ""


def test_threads(threads: int) -> None:
    over = threading.Event()
    thread = threading.Thread(target=over.wait)
    thread.start()
    try:
        assert fork_hazard(open_files(), threads=threads) == "1 threads"
        assert fork_hazard(open_files(), threads=threads + 1) == ""
    finally:
        over.set()
        thread.join()


def test_an_open_file(threads: int, tmp_path: Path) -> None:
    before = open_files()
    with (tmp_path / "held").open("w"):
        assert fork_hazard(before, threads=threads) == f"open files: {tmp_path / 'held'}"
        assert fork_hazard(open_files(), threads=threads) == ""
    assert fork_hazard(before, threads=threads) == ""


def test_a_socket(threads: int) -> None:
    before = open_files()
    with socket.socket():
        assert "open files: socket:" in fork_hazard(before, threads=threads)


def test_a_random_generator_that_all_copies_would_share(threads: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "numpy.random", types.ModuleType("numpy.random"))
    assert "random generator" in fork_hazard(open_files(), threads=threads)


def test_a_system_that_tells_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(forking, "_FILES", "/nowhere")
    monkeypatch.setattr(forking, "_THREADS", "/nowhere")
    assert open_files() == frozenset()
    assert "does not tell" in fork_hazard(())
