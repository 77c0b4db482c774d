"""Runs that are told to stop, and processes that are killed under them: how they end, and that nothing is left behind."""

import random
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.processes import NAP, Command

#: A step that takes long, with a child and a resource; another that waits for it.
_WORK = """
import os, subprocess, sys, time
from pathlib import Path
import orchestrator as dg

def note(text):
    file = os.open("notes", os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(file, f"{text}\\n".encode())
    os.close(file)

@dg.resource
def opened(_context):
    note(f"up {os.getpid()}")
    try:
        yield "it"
    finally:
        note(f"down {os.getpid()}")

@dg.asset(required_resource_keys={"opened"})
def slow():
    if os.environ.get("WITH_CHILD"):
        child = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
    patience = 2 if os.environ.get("STUBBORN") else 1
    for _ in range(patience):
        try:
            note(f"began {os.getpid()}")
            if os.environ.get("UNTIL"):
                while not Path(os.environ["UNTIL"]).exists():
                    time.sleep(0.01)
                return
            time.sleep(60)
        except KeyboardInterrupt:
            note(f"interrupted {os.getpid()}")
    raise KeyboardInterrupt

@dg.asset(deps=["slow"])
def after():
    note("after")
"""
_DEFS = "\ndefs = dg.Definitions(assets=[{}], resources={{'opened': opened}})\n"

IN_PROCESS = "in process"
MODES: dict[str, tuple[str, ...]] = {
    IN_PROCESS: (),
    "workers": ("-j", "2"),
    "isolated": ("-j", "2", "--isolate-steps"),
    "spawned": (
        "--executor",
        "multiprocess",
        "--config-json",
        '{"execution": {"config": {"multiprocess": {"start_method": {"spawn": {}}, "max_concurrent": 2}}}}',
    ),
    "two locations": ("-f", "one.py", "-f", "two.py"),
    "two locations, workers": ("-f", "one.py", "-f", "two.py", "-j", "2"),
}
Start = Callable[..., Command]


class Project:
    """A folder with the work, and the command that runs it.

    Args:
        folder: where.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.started: list[Command] = []
        (folder / "definitions.py").write_text(_WORK + _DEFS.format("slow, after"))
        (folder / "one.py").write_text(_WORK + _DEFS.format("slow"))
        (folder / "two.py").write_text(_WORK + _DEFS.format("after"))

    @property
    def notes(self) -> list[str]:
        """What user code has noted so far; each line is a word, and mostly a process id."""
        try:
            return (self.folder / "notes").read_text().splitlines()
        except FileNotFoundError:
            return []

    def words(self) -> list[str]:
        """The notes without process ids."""
        return [line.split()[0] for line in self.notes]

    def orch(self, *arguments: str, **changes: str) -> Command:
        """Start a command."""
        self.started.append(Command(arguments, self.folder, changes))
        return self.started[-1]

    def run(self, mode: str, **changes: str) -> Command:
        """Start a run, and wait until its long step has begun."""
        if mode != IN_PROCESS:
            changes.setdefault("WITH_CHILD", "1")
        command = self.orch("materialize", "--select", "*", *MODES[mode], **changes)
        self.await_word("began", command)
        return command

    def await_word(self, word: str, command: Command) -> int:
        """Wait for a note; the process that made it."""
        give_up = time.monotonic() + 20
        while not (found := [line for line in self.notes if line.startswith(word)]):
            assert command.is_alive, command.said
            assert time.monotonic() < give_up, command.said
            time.sleep(NAP)
        return int(found[0].split()[1])

    def status(self) -> str:
        """How the newest run ended."""
        with closing(sqlite3.connect(self.folder / ".orch" / "orch.db")) as connection:
            assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
            return str(connection.execute("SELECT status FROM runs ORDER BY run_id DESC").fetchone()[0])


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    """A project; nothing of it lives on after a test."""
    made = Project(tmp_path)
    yield made
    for command in made.started:
        command.kill_all()


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_a_first_signal_lets_user_code_clean_up(project: Project, mode: str, number: int, code: int) -> None:
    command = project.run(mode)
    command.send(number, [command.pid])
    assert command.wait() == code, command.said
    command.assert_gone()
    words = project.words()
    assert words.count("interrupted") == 1
    assert "after" not in words
    assert words.count("up") == words.count("down") > 0
    assert words.index("interrupted") < words.index("down")
    assert project.status() == "canceled"
    assert "Traceback" not in command.said


@pytest.mark.parametrize("mode", MODES)
def test_a_second_signal_ends_it_at_once(project: Project, mode: str) -> None:
    command = project.run(mode, STUBBORN="1")
    command.send(signal.SIGINT, [command.pid])
    project.await_word("interrupted", command)
    command.send(signal.SIGINT, [command.pid])
    assert command.wait(5) == 130, command.said
    command.assert_gone()
    assert project.status() == "canceled"
    assert "Traceback" not in command.said


@pytest.mark.parametrize("mode", [IN_PROCESS, "workers"])
@pytest.mark.parametrize("now", [(), ("--now",)])
def test_a_run_is_canceled_from_another_terminal(project: Project, mode: str, now: tuple[str, ...]) -> None:
    command = project.run(mode, **({"STUBBORN": "1"} if now else {}))
    done = project.orch("runs", "cancel", "--last", *now)
    assert done.wait() == 0, done.said
    assert command.wait(5) == 130, command.said
    command.assert_gone()
    assert project.words().count("interrupted") == 1
    assert project.status() == "canceled"


@pytest.mark.parametrize("mode", MODES)
def test_nothing_survives_a_coordinator_that_is_killed(project: Project, mode: str) -> None:
    command = project.run(mode, STUBBORN="1")
    assert len(command.others()) >= (0 if mode == IN_PROCESS else 2)
    command.send(signal.SIGKILL, [command.pid])
    command.wait()
    command.assert_gone()
    assert project.status() == "started"
    listed = project.orch("runs", "list", *(word for word in MODES[mode] if word in ("-f", "one.py", "two.py")))
    assert listed.wait() == 0, listed.said
    assert project.status() == "failure"


@pytest.mark.parametrize("mode", [mode for mode in MODES if mode != IN_PROCESS])
def test_a_worker_that_is_killed_takes_its_children_along(project: Project, mode: str) -> None:
    command = project.run(mode)
    command.send(signal.SIGKILL, [project.await_word("began", command)])
    assert command.wait() == 1, command.said
    command.assert_gone()
    assert "was killed by SIGKILL" in command.said
    assert project.status() == "failure"
    assert "after" not in project.words()


@pytest.mark.parametrize("mode", ["workers", "isolated", "two locations, workers"])
def test_the_first_worker_is_killed_while_others_run(project: Project, mode: str) -> None:
    command = project.run(mode, UNTIL="go")
    running = project.await_word("began", command)
    firsts = [pid for pid in command.others() if pid != running and _parent(pid) == command.pid]
    assert command.send(signal.SIGKILL, firsts) == firsts
    (project.folder / "go").touch()
    code = command.wait()
    command.assert_gone()
    # the step that ran in another worker ended well, and a new first worker was started for what comes after
    assert code == 0, command.said
    assert project.words()[-2:] != []
    assert "after" in project.words()
    assert project.status() == "success"


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


@pytest.mark.parametrize("mode", ["workers", "spawned", "two locations"])
def test_a_signal_at_any_instant_of_the_beginning(project: Project, mode: str) -> None:
    chance = random.Random(f"{mode} 4")
    for _ in range(6):
        command = project.orch("materialize", "--select", "*", *MODES[mode], WITH_CHILD="1")
        time.sleep(0.02 + chance.random() * 0.3)
        command.send(signal.SIGINT, [command.pid])
        # before orch listens, Python ends as it does
        assert command.wait(10) in (130, -signal.SIGINT, 1), command.said
        command.assert_gone()


@pytest.mark.parametrize("mode", ["workers", "spawned", "two locations"])
def test_a_signal_while_workers_start(project: Project, mode: str) -> None:
    for _ in range(3):
        command = project.orch("materialize", "--select", "*", *MODES[mode], WITH_CHILD="1")
        while not command.others() and command.is_alive:
            time.sleep(NAP)
        command.send(signal.SIGINT, [command.pid])
        assert command.wait(10) in (130, -signal.SIGINT), command.said
        command.assert_gone()
