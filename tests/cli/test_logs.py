"""What steps print and log, through the real process: kept, shown, followed."""

import json
import subprocess
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.conftest import ORCH, Orch, environment

Write = Callable[[str, str], Path]

_NOISY = """
    import ctypes, os, subprocess, sys
    @dg.asset
    def noisy(context):
        print("print")
        os.write(1, b"write\\n")
        subprocess.run(["echo", "child"])
        ctypes.CDLL(None).puts(b"libc")
        print("error", file=sys.stderr)
        os.write(2, b"\\xff no utf-8\\n")
        context.log.info("rows: %s", 3, extra={"table": "t"})
    @dg.asset
    def silent(noisy): ...
    """
_OUT = "print\nwrite\nchild\nlibc\n"


def background(*arguments: str, cwd: Path) -> "subprocess.Popen[str]":
    return subprocess.Popen(
        [str(ORCH), *arguments],
        cwd=cwd,
        env=environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def line_of(process: "subprocess.Popen[str]") -> str:
    """The next line it writes."""
    assert process.stdout is not None
    return process.stdout.readline()


def text_of(orch: Orch, step: str) -> str:
    """What a step of the newest run wrote to stdout."""
    return orch("runs", "logs", "--last", step, "--stdout", "--home", ".orch").stdout


def without_times(text: str) -> list[str]:
    """Lines of a log without the date and time before messages."""
    return [line[:2] + line[22:] if line.startswith("  2") else line for line in text.splitlines()]


def test_everything_a_step_writes_is_kept_and_nothing_gets_among_the_data(orch: Orch, write: Write) -> None:
    write("definitions.py", _NOISY)
    done = orch("materialize", "--select", "*")
    assert done.returncode == 0
    assert done.stdout.splitlines()[1].startswith("[1/2] done     noisy")
    assert done.stderr == ""
    assert text_of(orch, "noisy") == _OUT
    assert without_times(orch("runs", "logs", "--last").stdout) == [
        "noisy",
        "  INFO     rows: 3  table=t",
        *(f"  stdout | {line}" for line in _OUT.splitlines()),
        "  stderr | error",
        "  stderr | \ufffd no utf-8",
    ]
    nothing = orch("runs", "logs", "--last", "silent")
    assert (nothing.returncode, nothing.stdout) == (0, "")
    assert nothing.stderr == "`silent`: nothing was logged or printed\n"


def test_output_is_kept_where_stdout_is_a_file_and_stderr_a_pipe(orch: Orch, write: Write, project: Path) -> None:
    write("definitions.py", "@dg.asset\ndef a(): print('hello \u00e9')\n")
    command = f"{ORCH} materialize --select a 2>&1 >out.txt | cat"
    done = subprocess.run(
        command, shell=True, cwd=project, env=environment(), capture_output=True, text=True, check=False
    )
    assert done.stdout == ""
    assert "done: 1 materialized" in (project / "out.txt").read_text()
    assert text_of(orch, "a") == "hello \u00e9\n"


def test_raw_streams_are_bytes_as_they_were_written(orch: Orch, write: Write, project: Path) -> None:
    write("definitions.py", _NOISY)
    orch("materialize", "--select", "*")
    done = subprocess.run(
        [str(ORCH), "runs", "logs", "--last", "noisy", "--stderr"], cwd=project, capture_output=True, check=True
    )
    assert done.stdout == b"error\n\xff no utf-8\n"


def test_logs_as_json(orch: Orch, write: Write) -> None:
    write("definitions.py", _NOISY + "@dg.asset\n    def bad(silent): 1 / 0\n")
    orch("materialize", "--select", "*")
    log, captured, failed = map(json.loads, orch("runs", "logs", "--last", "--format", "json").stdout.splitlines())
    assert (log["type"], log["message"], log["extra"]) == ("log", "rows: 3", {"table": "t"})
    assert (captured["type"], captured["step"], captured["stdout"]) == ("logs_captured", "noisy", _OUT)
    assert captured["stderr"] == "error\n\ufffd no utf-8\n"
    assert (failed["type"], failed["error"]["type"]) == ("step_failed", "ZeroDivisionError")


def test_steps_of_two_locations_take_turns(orch: Orch, write: Write) -> None:
    write("one.py", '@dg.asset\ndef a(): print("in a")\n@dg.asset(deps=["b"])\ndef c(): print("in c")\n')
    write("two.py", 'import ctypes\n@dg.asset(deps=["a"])\ndef b():\n    ctypes.CDLL(None).puts(b"in b")\n')
    done = orch("materialize", "--select", "*", "-f", "one.py", "-f", "two.py")
    assert done.returncode == 0
    assert done.stderr == ""
    assert [text_of(orch, step) for step in "abc"] == ["in a\n", "in b\n", "in c\n"]
    shown = orch("runs", "logs", "--last", "--home", ".orch").stdout
    assert shown == "a\n  stdout | in a\nb\n  stdout | in b\nc\n  stdout | in c\n"


_FAILS = """
    import sys
    @dg.asset
    def bad():
        for number in range(30):
            print("line", number)
        sys.stderr.write("10%\\r20%\\r\\x1b[31mred\\x1b[0m\\x1b[2K\\n")
        raise ValueError("no")
    @dg.asset
    def below(bad): ...
    """


def test_a_step_that_fails_shows_the_end_of_what_it_wrote(orch: Orch, write: Write) -> None:
    write("definitions.py", _FAILS)
    done = orch("materialize", "--select", "*")
    assert done.returncode == 1
    lines = done.stderr.splitlines()
    assert lines[lines.index("  ValueError: no") + 1 :] == [
        "  end of stdout:",
        *(f"    line {number}" for number in range(10, 30)),
        "  stderr:",
        "    red",
    ]
    assert "skipped (upstream failed: bad)" in orch("runs", "logs", "--last", "below").stderr


def test_verbose_shows_what_steps_write_and_does_not_repeat_it(orch: Orch, write: Write) -> None:
    write("definitions.py", _FAILS)
    lines = orch("materialize", "--select", "*", "-v").stderr.splitlines()
    assert lines[:31] == [*(f"bad | line {number}" for number in range(30)), "bad | red"]
    assert lines[31].startswith("bad failed after")
    assert "end of stdout" not in "\n".join(lines)


def test_verbose_shows_lines_while_the_step_runs(write: Write, project: Path) -> None:
    write("definitions.py", '@dg.asset\ndef a():\n    print("give me more")\n    print(input())\n')
    with background("materialize", "--select", "*", "-v", cwd=project) as process:
        assert process.stderr is not None
        assert process.stderr.readline() == "a | give me more\n"
        assert process.communicate("more\n")[1] == "a | more\n"
        assert process.returncode == 0


def test_breakpoint(orch: Orch, write: Write) -> None:
    write(
        "definitions.py",
        """
        @dg.asset
        def a():
            answer = 41
            print("captured")
            breakpoint()
            print("seen")
        @dg.asset
        def b(a): print("captured again")
        """,
    )
    done = orch("materialize", "--select", "*", stdin="p answer + 1\nc\n")
    assert done.returncode == 0, done.stderr
    assert '-> print("seen")\n(Pdb) 42\n(Pdb) seen\n' in done.stderr
    assert "captured" not in done.stderr
    assert (text_of(orch, "a"), text_of(orch, "b")) == ("captured\n", "captured again\n")


def test_breakpoint_in_a_worker_fails_the_step_and_says_what_to_do(orch: Orch, write: Write) -> None:
    write("one.py", "@dg.asset\ndef a(): breakpoint()\n")
    write("two.py", "@dg.asset\ndef b(): ...\n")
    done = orch("materialize", "--select", "*", "-f", "one.py", "-f", "two.py")
    assert done.returncode == 1
    assert "`breakpoint()` needs a terminal" in done.stderr
    assert "-f FILE or -m MODULE" in done.stderr


@pytest.mark.parametrize("flags", [("-f", "definitions.py"), ("-f", "definitions.py", "-f", "other.py")])
def test_no_capture(orch: Orch, write: Write, project: Path, flags: tuple[str, ...]) -> None:
    write("definitions.py", _NOISY)
    write("other.py", "@dg.asset\ndef b(): ...\n")
    subprocess.run([str(ORCH), "materialize", *flags, "--select", "*", "--no-capture"], cwd=project, check=True)
    done = subprocess.run(
        [str(ORCH), "materialize", *flags, "--select", "*", "--no-capture"],
        cwd=project,
        capture_output=True,
        check=True,
    )
    assert {b"print", b"write", b"child", b"error"} <= set(done.stderr.splitlines())
    assert b"print" not in done.stdout
    assert text_of(orch, "noisy") == ""
    assert without_times(orch("runs", "logs", "--last").stdout) == ["noisy", "  INFO     rows: 3  table=t"]


def test_retries_and_hooks_are_heard_too(orch: Orch, write: Write) -> None:
    write(
        "definitions.py",
        """
        @dg.success_hook
        def tell(context):
            print("in the hook")
            context.log.info("said by the hook")
        @dg.success_hook
        def stumble(context): 1 / 0
        @dg.asset(retry_policy=dg.RetryPolicy(max_retries=1), hooks={tell, stumble})
        def work(context):
            print("attempt", context.retry_number)
            if context.retry_number == 0:
                raise ValueError("again")
        """,
    )
    done = orch("materialize", "--select", "*")
    assert done.returncode == 0, done.stderr
    assert orch("runs", "logs", "--last", "work", "--stdout").stdout == "attempt 0\nattempt 1\nin the hook\n"
    shown = without_times(orch("runs", "logs", "--last").stdout)
    assert "  INFO     said by the hook" in shown
    assert shown[shown.index("  RETRY    ValueError; again in 0 ms") + 1] == "    Traceback (most recent call last):"
    assert any(line.startswith("  HOOK     `stumble`: ") for line in shown)


def test_names_that_do_not_exist(orch: Orch, write: Write) -> None:
    write("definitions.py", _NOISY)
    orch("materialize", "--select", "*")
    unknown = orch("runs", "logs", "--last", "nosy")
    assert unknown.returncode == 2
    assert "has no step `nosy`" in unknown.stderr
    assert "did you mean `noisy`?" in unknown.stderr
    assert "for one step" in orch("runs", "logs", "--last", "--stdout").stderr
    assert "exclude each other" in orch("runs", "logs", "--last", "noisy", "--stdout", "--stderr").stderr


def test_a_run_is_followed_from_another_process_until_it_ends(write: Write, project: Path) -> None:
    write(
        "definitions.py",
        """
        import sys
        @dg.asset
        def a(context):
            context.log.info("reading")
            print("give me more")
            print(input(), end="")
        @dg.asset
        def b(a): print("in b")
        """,
    )
    with ExitStack() as at_end:
        run = at_end.enter_context(background("materialize", "--select", "*", "--format", "json", cwd=project))
        run_id = json.loads(line_of(run))["run_id"]
        follow, one_step, head = (
            at_end.enter_context(background("runs", "logs", run_id, *more, "--follow", cwd=project))
            for more in ([], ["a", "--stdout"], [])
        )
        read = "".join(line_of(follow) for _ in range(3))
        assert without_times(read) == ["a", "  INFO     reading", "  stdout | give me more"]
        line_of(head)
        assert head.stdout is not None
        head.stdout.close()  # as `head -1` does: it ends, though the run goes on
        assert head.wait(30) == 0
        run.communicate("more\n")
        assert follow.communicate(timeout=30)[0] == "  stdout | more\nb\n  stdout | in b\n"
        assert one_step.communicate(timeout=30)[0] == "give me more\nmore"
        assert follow.returncode == one_step.returncode == 0
        assert head.stderr is not None
        assert head.stderr.read() == ""


def test_what_was_printed_before_the_process_was_killed(orch: Orch, write: Write) -> None:
    write(
        "definitions.py",
        """
        import os, signal
        @dg.asset
        def a():
            print("last words")
            os.kill(os.getpid(), signal.SIGKILL)
        """,
    )
    assert orch("materialize", "--select", "*").returncode == -9
    # so soon after its start, the step itself may not have been recorded
    step, text = orch("runs", "logs", "--last").stdout.splitlines()
    assert step in ("a", "no step")
    assert text == "  stdout | last words"
    assert text in orch("runs", "logs", "--last", "--follow").stdout


def test_what_a_worker_printed_before_it_died(orch: Orch, write: Write) -> None:
    write(
        "one.py",
        """
        import ctypes
        @dg.asset
        def a(): print("in a")
        @dg.asset
        def b(a):
            print("last words")
            ctypes.string_at(0)
        @dg.asset(deps=[a])
        def c(): print("in c")
        """,
    )
    write("two.py", "@dg.asset\ndef other(): ...\n")
    done = orch("materialize", "--select", "*", "-f", "one.py", "-f", "two.py")
    assert done.returncode == 1
    assert "SIGSEGV" in done.stderr
    assert "    last words" in done.stderr
    assert [text_of(orch, step) for step in "abc"] == ["in a\n", "last words\n", "in c\n"]


@pytest.mark.parametrize("flags", [(), ("-f", "definitions.py", "-f", "other.py")])
def test_managed_loggers(orch: Orch, write: Write, flags: tuple[str, ...]) -> None:
    write(
        "definitions.py",
        """
        import logging
        @dg.asset
        def a(context):
            context.log.debug("too much")
            logging.getLogger("lib.part").info("from a library")
            dg.get_logger("mine").info("from a helper")
            dg.get_logger("mine").debug("too much")
        """,
    )
    write("other.py", "@dg.asset\ndef b(): ...\n")
    write(
        "pyproject.toml",
        '[tool.orch]\npython_file = "definitions.py"\npython_logs = {managed_loggers = ["lib"], level = "info"}\n',
    )
    assert orch("materialize", "--select", "*", *flags).returncode == 0
    assert without_times(orch("runs", "logs", "--last").stdout) == [
        "a",
        "  INFO     lib.part: from a library",
        "  INFO     mine: from a helper",
    ]


@pytest.mark.parametrize(
    ("setting", "message"),
    [
        ("[]", "`python_logs` of [tool.orch] must be a table"),
        ("{managed_logers = []}", "unknown key `managed_logers`"),
        ('{managed_loggers = "root"}', "must be a list of names"),
        ('{level = "LOUD"}', "`level` must be one of DEBUG, INFO"),
        ("{level = 10}", "`level` must be one of DEBUG, INFO"),
    ],
)
def test_bad_settings(orch: Orch, write: Write, setting: str, message: str) -> None:
    write("definitions.py", "@dg.asset\ndef a(): ...\n")
    write("pyproject.toml", f'[tool.orch]\npython_file = "definitions.py"\npython_logs = {setting}\n')
    done = orch("list-assets")
    assert done.returncode == 3
    assert message in done.stderr
    assert "pyproject.toml:3" in done.stderr


def test_a_home_where_logs_cannot_be_kept(orch: Orch, write: Write, project: Path) -> None:
    write("definitions.py", "@dg.asset\ndef a(): ...\n")
    orch("materialize", "--select", "*")
    logs = project / ".orch" / "logs"
    for path in sorted(logs.rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    logs.rmdir()
    logs.write_text("")
    done = orch("materialize", "--select", "*")
    assert done.returncode == 5
    assert "cannot keep what steps print" in done.stderr
    assert orch("materialize", "--select", "*", "--no-capture").returncode == 0


def test_stdout_may_be_a_file_and_stderr_a_pipe(project: Path, write: Write, orch: Orch) -> None:
    write("definitions.py", 'import sys\n@dg.asset\ndef a() -> None:\n    print("caf\u00e9", sys.stdout.encoding)\n')
    with (project / "out.txt").open("w") as out:
        done = subprocess.run(
            [str(ORCH), "materialize", "-s", "a"],
            cwd=project,
            env=environment(PYTHONIOENCODING="ascii"),
            stdout=out,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    assert "done: 1 materialized" in (project / "out.txt").read_text()
    assert orch("runs", "logs", "--last", "a", "--stdout").stdout == "caf\u00e9 utf-8\n"
