"""A run on a terminal: what runs and a bar, redrawn in place; what ended scrolls away above."""

import threading
import time
from collections import deque
from contextlib import suppress
from typing import Any

from orchestrator.reports.forecast import Forecast, TimeLeft
from orchestrator.runs.events import Event, RunFinished, RunStarted, StepFailed

from .output import Output
from .processes import StepProcesses
from .step_lines import StepLines
from .talk import Talk
from .times import duration
from .wording import counted, size, time_left

#: Seconds between two drawings.
_PERIOD = 0.125
#: How many times longer than an estimate takes it is until the next.
_RARELY = 50
#: Lines of the terminal that are left to what is not a running step.
_OTHER_LINES = 4


class RichView:
    """A row per running step and a bar; lines of what ended scroll away above them.

    Events only take note; a thread draws. So a run of many short steps does not wait for the terminal.
    """

    def __init__(
        self,
        output: Output,
        lines: StepLines,
        forecast: Forecast,
        headline: str | None,
        talk: Talk,
        *,
        redirect: bool,
    ) -> None:
        from rich.console import Console
        from rich.live import Live

        self._output = output
        self._headline = headline
        self._talk = talk
        self._progress = lines.progress
        self._lines = lines
        self._estimate = _Estimate(forecast)
        self._processes = StepProcesses()
        self._stopping = False
        #: What is to be printed above the live lines.
        self._texts: deque[str] = deque()
        #: Of the same thread, a signal handler may close the view while it draws.
        self._lock = threading.RLock()
        self._drawing = False
        self._closed = threading.Event()
        self._console = Console(file=output.talk_stream, no_color=not output.color(talk=True), highlight=False)
        self._live = Live(
            console=self._console,
            get_renderable=self._draw,
            auto_refresh=False,
            transient=True,
            redirect_stdout=redirect,
            redirect_stderr=redirect,
        )

    def __call__(self, event: Event) -> None:
        """Take note of an event."""
        line = self._lines.about(event, time.monotonic())
        if line:
            self._texts.append(self._output.styled(line, "red", talk=True) if isinstance(event, StepFailed) else line)
        self._texts.extend(self._talk.about(event))
        match event:
            case RunStarted():
                if self._headline is not None:
                    self._output.data_now(self._headline)
                self._estimate.start(event.max_workers)
                self.resume()
                threading.Thread(target=self._draw_forever, name="orch-live", daemon=True).start()
            case RunFinished():
                self.close()
            case _:
                pass

    def say(self, text: str) -> None:
        """Print something above the live lines, from any thread."""
        self._texts.append(text)
        if not self._drawing:
            self._print()

    def pause(self) -> None:
        """Remove the live lines."""
        with self._lock:
            if self._drawing:
                self._drawing = False
                self._print()
                self._live.stop()

    def resume(self) -> None:
        """Draw them again."""
        with self._lock:
            if not self._closed.is_set():
                self._live.start(refresh=True)
                self._drawing = True

    def interrupted(self) -> None:
        """Say below the bar what a signal waits for."""
        self._stopping = True

    def close(self) -> None:
        """Remove the live lines."""
        self._closed.set()
        self.pause()
        self._print()

    def _draw_forever(self) -> None:
        while not self._closed.wait(_PERIOD):
            with self._lock, suppress(OSError):  # a terminal that is gone ends the run by a signal
                if self._drawing:
                    self._print()
                    self._live.refresh()

    def _print(self) -> None:
        from rich.text import Text

        with self._lock:
            texts = []
            while self._texts:
                texts.append(self._texts.popleft())
            if texts:
                self._console.print(Text.from_ansi("\n".join(texts)), soft_wrap=True)

    def _draw(self) -> Any:
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        now = time.monotonic()
        progress = self._progress
        bar = Table.grid(padding=(0, 1))
        status = f"{progress.done}/{progress.total}"
        if progress.failed:
            status += f"  {progress.failed} failed"
        left = self._estimate.text(now)
        bar.add_row(
            ProgressBar(total=progress.total or 1, completed=progress.done, width=30),
            Text(f"{status}  {left} left" if left else status, no_wrap=True, overflow="ellipsis"),
        )
        rows = self._rows(now)
        if self._stopping:
            rows.append(Text("  stopping: waiting for the above to end; Ctrl-C again ends at once", "yellow"))
        return Group(*rows, bar)

    def _rows(self, now: float) -> list[Any]:
        """Those that run, in the order in which they began, as many as there is room for."""
        from rich.table import Table
        from rich.text import Text

        running = list(self._progress.running.copy().values())
        room = max(1, self._console.size.height - _OTHER_LINES)
        hidden = len(running) - room if len(running) > room else 0
        table = Table.grid(padding=(0, 2, 0, 0))
        table.add_column(no_wrap=True, overflow="ellipsis")
        table.add_column(no_wrap=True, overflow="ellipsis", style="dim")
        table.add_column(no_wrap=True, justify="right", min_width=6)
        table.add_column(no_wrap=True, justify="right", style="dim")
        for one in running[: room - 1 if hidden else room]:
            memory = self._processes.memory(one.pid)
            table.add_row(
                Text.assemble(("  ● ", "cyan"), one.step),
                one.worker or one.location,
                duration(now - one.since),
                "" if memory is None else size(memory),
            )
        rows: list[Any] = [table] if running else []
        if hidden:
            rows.append(Text(f"    and {counted(hidden + 1, 'more step')}", "dim"))
        retrying = len(self._progress.retrying)
        if retrying:
            rows.append(Text(f"    {counted(retrying, 'step')} to be tried again", "dim"))
        return rows


class _Estimate:
    """How long the run will go on, worked out as often as it costs little, and counted down between."""

    def __init__(self, forecast: Forecast) -> None:
        self._forecast = forecast
        self._left: TimeLeft | None = None
        self._made = self._next = 0.0

    def start(self, workers: int) -> None:
        """The run has begun, on so many workers."""
        self._forecast.workers = workers
        self._next = 0.0

    def text(self, now: float) -> str:
        """The estimate in words; empty if nothing is known."""
        if now >= self._next:
            self._left = self._forecast.left(now)
            self._made = now
            self._next = now + _RARELY * (time.monotonic() - now)
        if self._left is None:
            return ""
        return time_left(TimeLeft(max(0.0, self._left.seconds - (now - self._made)), self._left.whole))
