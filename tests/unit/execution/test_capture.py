"""`Capture`: what is written to descriptors 1 and 2 while a step runs is found again, and nothing else is touched."""

import json
import subprocess
import sys
import textwrap
from pathlib import Path
from typing import Any

import pytest

from orchestrator.errors import StoreError
from orchestrator.execution.capture import Capture, CaptureSettings, file_name, last_words
from orchestrator.execution.captured_text import CapturedText
from orchestrator.runs.events import Event, LogsCaptured

_HARNESS = """
import ctypes, json, os, subprocess, sys, threading
from orchestrator.execution.capture import Capture, CaptureSettings

folder = sys.argv[1]
events = []
capture = Capture(CaptureSettings(folder=folder, name="here"))

def step(name, body):
    capture.step_started(name, events.append)
    try:
        body()
    finally:
        capture.report()
        capture.step_ended()

def tell():
    from msgspec import to_builtins
    with open(folder + "/events.json", "w") as file:
        json.dump([to_builtins(event) for event in events], file)
"""


class Told:
    """What a program wrote, and what its capture found."""

    def __init__(self, folder: Path, done: "subprocess.CompletedProcess[str]") -> None:
        self.stdout, self.stderr = done.stdout, done.stderr
        self.captured: list[tuple[str | None, str, str]] = []
        text = CapturedText(folder)
        for data in json.loads((folder / "events.json").read_text()):
            data.pop("type")
            event = LogsCaptured(**data)
            self.captured.append((event.step, text.text(event, "stdout"), text.text(event, "stderr")))


def tell(tmp_path: Path, program: str, stdin: str = "") -> Told:
    """Run a program in a process of its own."""
    done = subprocess.run(
        [sys.executable, "-c", _HARNESS + textwrap.dedent(program) + "\ntell()\n", str(tmp_path)],
        input=stdin,
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    return Told(tmp_path, done)


def test_all_that_reaches_the_descriptors_belongs_to_its_step_in_order(tmp_path: Path) -> None:
    told = tell(
        tmp_path,
        """
        libc = ctypes.CDLL(None)
        def first():
            print("print")
            os.write(1, b"write\\n")
            subprocess.run(["echo", "child"])
            print("no end", end="")
        def second():
            libc.puts(b"buffered by libc")
            print("error", file=sys.stderr)
            subprocess.run("echo child >&2", shell=True)
        print("before")
        sys.stdout.flush()
        capture.begin_run("r")
        step("first", first)
        step("silent", lambda: None)
        step("second", second)
        capture.end_run()
        print("after")
        """,
    )
    assert told.captured == [
        ("first", "print\nwrite\nchild\nno end", ""),
        ("second", "buffered by libc\n", "error\nchild\n"),
    ]
    assert (told.stdout, told.stderr) == ("before\nafter\n", "")


def test_what_is_written_between_steps_belongs_to_none(tmp_path: Path) -> None:
    told = tell(
        tmp_path,
        """
        capture.begin_run("r")
        print("a resource starts")
        step("a", lambda: print("a"))
        print("a resource ends")
        capture.end_run(events.append)
        """,
    )
    assert told.captured == [(None, "a resource starts\n", ""), ("a", "a\n", ""), (None, "a resource ends\n", "")]
    assert told.stdout == ""


def test_a_second_process_of_one_name_goes_on_where_the_first_ended(tmp_path: Path) -> None:
    program = "capture.begin_run('r')\nstep('a', lambda: print(os.getpid()))\ncapture.end_run()"
    first = tell(tmp_path, program).captured
    second = tell(tmp_path, program).captured
    assert first != second
    assert (tmp_path / "r" / "here.out").read_text() == first[0][1] + second[0][1]


def test_text_in_any_encoding_is_kept(tmp_path: Path) -> None:
    told = tell(
        tmp_path,
        """
        def body():
            print("안녕 \\udcff")
            os.write(1, b"\\xff\\n")
        sys.stdout.reconfigure(encoding="ascii")
        capture.begin_run("r")
        step("a", body)
        capture.end_run()
        assert (sys.stdout.encoding, sys.stdout.errors, sys.stdout.line_buffering) == ("ascii", "strict", False)
        """,
    )
    assert told.captured == [("a", "안녕 \\udcff\n\ufffd\n", "")]


def test_user_code_may_replace_or_close_its_streams(tmp_path: Path) -> None:
    told = tell(
        tmp_path,
        """
        import io
        def replace():
            sys.stdout = io.StringIO()
            print("nowhere")
        def close():
            sys.stderr.close()
            os.write(2, b"x")
        capture.begin_run("r")
        step("replace", replace)
        step("close", close)
        sys.stdout = None
        step("none", lambda: print("nothing"))
        sys.stdout = sys.__stdout__
        capture.end_run()
        """,
    )
    assert told.captured == [("close", "", "x")]


def test_breakpoint_gives_the_terminal_to_the_debugger_until_the_step_ends(tmp_path: Path) -> None:
    told = tell(
        tmp_path,
        """
        paused = []
        capture = Capture(CaptureSettings(folder=folder, name="here"),
                          on_suspend=lambda: paused.append(1), on_resume=lambda: paused.append(0))
        def body():
            answer = 41
            print("captured")
            breakpoint()
            print("seen")
        capture.begin_run("r")
        step("a", body)
        step("b", lambda: print("captured again"))
        capture.end_run()
        assert paused == [1, 0]
        assert sys.breakpointhook is sys.__breakpointhook__
        """,
        stdin="p answer + 1\nc\n",
    )
    assert told.captured == [("a", "captured\n", ""), ("b", "captured again\n", "")]
    assert "(Pdb) 42" in told.stdout
    assert ")body()\n(Pdb)" in told.stdout  # where user code called it, not a frame of ours
    assert told.stdout.endswith("seen\n")


@pytest.mark.parametrize(
    ("chosen", "captured", "seen"),
    [("0", "ab", ""), ("builtins.print", "a", "\nb"), ("os.getpid", "a", "b"), ("", "a", "(Pdb) b")],
)
def test_breakpoint_obeys_the_environment(tmp_path: Path, chosen: str, captured: str, seen: str) -> None:
    told = tell(
        tmp_path,
        f"""
        os.environ["PYTHONBREAKPOINT"] = {chosen!r}
        def body():
            print("a", end="")
            breakpoint()
            print("b", end="")
        capture.begin_run("r")
        step("a", body)
        capture.end_run()
        """,
        stdin="c\n",
    )
    assert told.captured == [("a", captured, "")]
    assert told.stdout.endswith(seen)
    assert ("(Pdb)" in told.stdout) == (chosen == "")


def test_breakpoint_in_a_worker_says_what_to_do(tmp_path: Path) -> None:
    told = tell(
        tmp_path,
        """
        from orchestrator.errors import ExecutionError
        capture = Capture(CaptureSettings(interactive=False))
        capture.begin_run("r")
        try:
            step("a", lambda: breakpoint())
        except ExecutionError as error:
            print(error.message, error.hint)
        capture.end_run()
        """,
    )
    assert "needs a terminal" in told.stdout
    assert "-f FILE" in told.stdout


def test_without_a_folder_descriptors_are_left_alone(tmp_path: Path) -> None:
    told = tell(
        tmp_path,
        """
        capture = Capture(CaptureSettings())
        capture.begin_run("r")
        step("a", lambda: print("seen"))
        capture.end_run()
        """,
    )
    assert (told.captured, told.stdout) == ([], "seen\n")
    assert [path.name for path in tmp_path.iterdir()] == ["events.json"]


def test_a_folder_that_cannot_be_made(tmp_path: Path) -> None:
    (tmp_path / "logs").write_text("")
    with pytest.raises(StoreError, match="cannot keep what steps print") as caught:
        Capture(CaptureSettings(folder=str(tmp_path / "logs"))).begin_run("r")
    assert "--no-capture" in str(caught.value.hint)


def test_threads_may_say_something_at_any_time(tmp_path: Path) -> None:
    events: list[Event] = []
    capture = Capture(CaptureSettings())
    capture.begin_run("r")
    emit = capture.step_started("a", events.append)
    first, late, last = (_captured(name) for name in ("first", "late", "last"))
    emit(first)
    capture.step_ended()
    emit(late)  # a thread that its step left behind
    assert events == [first]
    capture.step_started("b", events.append)
    assert events == [first, late]
    capture.step_ended()
    emit(last)
    capture.end_run(events.append)
    assert events == [first, late, last]


def test_last_words_of_a_process_that_died(tmp_path: Path) -> None:
    (tmp_path / "r").mkdir()
    (tmp_path / "r" / "a%2Fb.out").write_text("12345")
    settings = CaptureSettings(folder=str(tmp_path), name="a/b")
    words = last_words(settings, "r", "step", {})
    assert words is not None
    assert (words.file, words.out_from, words.out_to, words.err_from, words.err_to) == ("r/a%2Fb", 0, 5, 0, 0)
    assert last_words(settings, "r", "step", {words.file: words}) is None
    assert last_words(CaptureSettings(folder=str(tmp_path), name="other"), "r", "step", {}) is None
    assert last_words(CaptureSettings(), "r", "step", {}) is None


@pytest.mark.parametrize(("name", "file"), [("a.py", "a.py"), ("x/a.py", "x%2Fa.py"), ("..", "_"), ("50%", "50%25")])
def test_any_name_of_a_location_names_a_file(name: str, file: str) -> None:
    assert file_name(name) == file


def _captured(step: str) -> Any:
    return LogsCaptured(run_id="r", timestamp=0.0, step=step, file="r/x")
