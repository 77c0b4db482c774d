"""What the views show of a run, by events that never happened."""

import io
import itertools
import os
import subprocess
import sys
import time
from typing import Any

import pytest
from orchestrator_cli.live import View, view_of
from orchestrator_cli.options import RunFormat
from orchestrator_cli.plain_view import still_running
from orchestrator_cli.processes import StepProcesses
from orchestrator_cli.rich_view import RichView

from orchestrator.errors import ErrorInfo, SourceRef
from orchestrator.planning.plan import RunPlan, Step
from orchestrator.reports.progress import Progress
from orchestrator.runs.events import (
    Event,
    RunFinished,
    RunStarted,
    StepCanceled,
    StepFailed,
    StepSkipped,
    StepStarted,
    StepSucceeded,
    StepUpForRetry,
)
from orchestrator.runs.records import RunStatus

ERROR = ErrorInfo(type="ValueError", message="no")
RUN: dict[str, Any] = {"run_id": "r", "timestamp": 0.0}


class FakeOutput:
    """Takes what is written."""

    def __init__(self) -> None:
        self.data = io.StringIO()
        self.talk_stream = io.StringIO()

    def data_now(self, text: str) -> None:
        self.data.write(text + "\n")

    def talk(self, text: str) -> None:
        self.talk_stream.write(text + "\n")

    def color(self, *, talk: bool = False) -> bool:
        return False

    def styled(self, text: str, style: str, *, talk: bool = False) -> str:
        return text


def plan(*keys: str) -> RunPlan:
    steps = [Step(key=key, location="here", node=key, source=SourceRef("a.py", 1)) for key in keys]
    return RunPlan(steps=tuple(steps))


def shown(form: RunFormat, output: FakeOutput, steps: RunPlan, *, verbose: int = 0, **seconds: float) -> View:
    return view_of(
        form,
        output,  # type: ignore[arg-type]
        steps,
        seconds,
        headline="plan: here we go",
        captured=None,
        verbose=verbose,
        quiet=0,
        log_level=None,
    )


def begun(workers: int = 2) -> RunStarted:
    return RunStarted(**RUN, max_workers=workers, executor="multiprocess")


def started(step: str, worker: str = "here:1", pid: int = 0) -> StepStarted:
    return StepStarted(**RUN, step=step, location="here", worker=worker, pid=pid)


def finished() -> RunFinished:
    return RunFinished(**RUN, status=RunStatus.SUCCESS, materialized=0, failed=0, skipped=0, duration_s=1.0)


EVERY_END: list[Event] = [
    begun(),
    started("a"),
    started("b", "here:2"),
    StepSucceeded(**RUN, step="a", duration_s=1.0),
    StepFailed(**RUN, step="b", error=ERROR, duration_s=0.012),
    StepSkipped(**RUN, step="c", because=("b",), reason="upstream failed"),
    StepCanceled(**RUN, step="d"),
]


@pytest.mark.parametrize(("verbose", "where"), [(0, ("", "")), (1, ("  on here:1", "  on here:2"))])
def test_the_plain_view_writes_a_line_per_end_and_the_worker_on_request(verbose: int, where: tuple[str, str]) -> None:
    output = FakeOutput()
    view = shown(RunFormat.PLAIN, output, plan("a", "b", "c", "d"), verbose=verbose)
    for event in EVERY_END:
        view(event)
    view.close()
    assert output.data.getvalue().splitlines() == [
        "plan: here we go",
        f"[1/4] done     a  1.0 s{where[0]}",
        f"[2/4] FAILED   b  12 ms{where[1]}",
        "[3/4] skipped  c  (upstream failed: b)",
        "[4/4] canceled d",
    ]


def test_a_sign_of_life_names_what_runs_and_what_is_tried_again() -> None:
    progress = Progress(plan(*(f"s{number}" for number in range(12))))
    assert still_running(progress, 1.0) == "still waiting: nothing runs at the moment"
    for number in range(10):
        progress.see(started(f"s{number}"), float(number))
    progress.see(StepUpForRetry(**RUN, step="s9", error=ERROR, duration_s=1.0), 20.0)
    said = still_running(progress, 20.0)
    assert said.startswith("still running: s0 (20.0 s), s1 (19.0 s), ")
    assert said.endswith(", s7 (13.0 s), 1 more; to be tried again: s9")


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> FakeOutput:
    monkeypatch.setenv("COLUMNS", "80")
    monkeypatch.setenv("LINES", "10")
    output = FakeOutput()
    output.talk_stream.isatty = lambda: True  # type: ignore[method-assign]
    return output


def drawn(view: View) -> list[str]:
    from rich.console import Console

    assert isinstance(view, RichView)
    console = Console(file=io.StringIO(), width=80, height=10)
    with console.capture() as capture:
        console.print(view._draw())
    return [line.rstrip() for line in capture.get().splitlines()]


def test_the_live_view_shows_who_runs_what_and_when_it_will_end(terminal: FakeOutput) -> None:
    view = shown(RunFormat.RICH, terminal, plan("a", "b", "c", "d"), a=3.0, b=3.0, c=4.0, d=4.0)
    view(begun())
    view(started("a", pid=os.getpid()))
    view(started("b", "here:2", pid=1))  # a process that is not ours
    first, second, bar = drawn(view)
    assert first.split()[:3] == ["●", "a", "here:1"]
    assert first.endswith("MB")
    assert second.split()[:3] == ["●", "b", "here:2"]
    assert second.endswith("ms")
    assert "0/4  " in bar
    assert "about 7.0 s left" in bar or "about 6.9 s left" in bar  # on two workers, not 14
    view(StepSucceeded(**RUN, step="a", duration_s=3.0))
    view(StepUpForRetry(**RUN, step="b", error=ERROR, duration_s=1.0, wait_s=5.0))
    again, bar = drawn(view)
    assert again == "    1 step to be tried again"
    assert "1/4  " in bar
    view(finished())
    assert "[1/4] done     a  3.0 s" in terminal.talk_stream.getvalue()
    assert "b failed and is tried again in 5.0 s: ValueError: no" in terminal.talk_stream.getvalue()
    assert terminal.data.getvalue() == "plan: here we go\n"


def test_more_steps_than_lines_are_counted(terminal: FakeOutput) -> None:
    view = shown(RunFormat.RICH, terminal, plan(*(f"s{number}" for number in range(20))))
    view(begun(20))
    for number in range(20):
        view(started(f"s{number}"))
    rows = drawn(view)
    view.close()
    assert [row.split()[1] for row in rows[:5]] == ["s0", "s1", "s2", "s3", "s4"]
    assert rows[5:-1] == ["    and 15 more steps"]
    assert len(rows) < 10


def test_a_paused_view_draws_nothing_and_loses_nothing(terminal: FakeOutput) -> None:
    view = shown(RunFormat.RICH, terminal, plan("a", "b"))
    view(begun())
    view(started("a"))
    view.pause()
    before = len(terminal.talk_stream.getvalue())
    view.say("from the debugger")
    assert terminal.talk_stream.getvalue()[before:] == "from the debugger\n"
    view.resume()
    view(StepSucceeded(**RUN, step="a", duration_s=1.0))
    view.close()
    view.say("at last")
    assert "[1/2] done     a  1.0 s" in terminal.talk_stream.getvalue()
    assert terminal.talk_stream.getvalue().endswith("at last\n")


def test_a_run_of_many_short_steps_does_not_wait_for_the_terminal(terminal: FakeOutput) -> None:
    keys = [f"s{number}" for number in range(2000)]
    view = shown(RunFormat.RICH, terminal, plan(*keys))
    view(begun())
    began = time.thread_time()
    for key in keys:
        view(started(key))
        view(StepSucceeded(**RUN, step=key, duration_s=0.0))
    assert time.thread_time() - began < 1.0
    view(finished())
    written = terminal.talk_stream.getvalue()
    assert all(f"done     {key}  0 ms" in written for key in itertools.islice(keys, 0, None, 100))


def test_memory_is_known_of_this_process_and_its_descendants_only() -> None:
    processes = StepProcesses()
    assert (processes.memory(os.getpid()) or 0) > 1 << 20
    assert processes.memory(1) is None
    assert processes.memory(0) is None
    sleeper = [sys.executable, "-c", "import sys; sys.stdin.read()"]
    with subprocess.Popen(sleeper, stdin=subprocess.PIPE) as child:
        assert (processes.memory(child.pid) or 0) > 0
    assert processes.memory(child.pid) is None
