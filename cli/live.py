"""How a run is shown while it runs. Each view is a subscriber of the run's events."""

import threading
import time
from collections.abc import Callable, Mapping
from typing import Any, Protocol

import msgspec

from orchestrator.execution.captured_text import CapturedText
from orchestrator.planning.plan import RunPlan
from orchestrator.runs.events import (
    Event,
    OutputProduced,
    RunFinished,
    RunStarted,
    StepCanceled,
    StepFailed,
    StepSkipped,
    StepStarted,
    StepSucceeded,
)
from orchestrator.runs.text import encode_json

from .options import LogLevel, RunFormat
from .output import Output
from .talk import Talk
from .times import duration, iso
from .wording import counted, estimate, expected_seconds

#: Seconds of silence after which a view off a terminal says that it is alive.
_HEARTBEAT = 30.0


class View(Protocol):
    """Shows a run."""

    def __call__(self, event: Event) -> None:
        """Take note of an event."""

    def interrupted(self) -> None:
        """The first signal came; called from its handler."""

    def close(self) -> None:
        """Leave the terminal as it was."""

    def say(self, text: str) -> None:
        """Tell the person something, from any thread."""

    def pause(self) -> None:
        """Draw nothing: the terminal is a debugger's."""

    def resume(self) -> None:
        """Go on drawing."""


def view_of(  # noqa: PLR0913  what a view is made of
    form: RunFormat,
    output: Output,
    plan: RunPlan,
    seconds: Mapping[str, float],
    *,
    headline: str | None,
    captured: CapturedText | None,
    verbose: int,
    quiet: int,
    log_level: LogLevel | None,
) -> View:
    """The view for a format.

    Args:
        form: what the user asked for.
        output: where to write.
        plan: what will run.
        seconds: how long each asset's step took before, where it is known.
        headline: what to say first, when the run has begun.
        captured: where the output of steps is; None if it goes to the terminal.
        verbose: 1 shows logs of user code, 2 everything.
        quiet: 1 shows failures only, 2 nothing.
        log_level: the logs to show from, where that was said.
    """
    if form is RunFormat.JSON:
        return JsonView(output)
    if quiet > 1:
        return SilentView()
    talk = Talk(output, captured, verbose, log_level)
    if form is RunFormat.RICH and not quiet:
        # what is printed, and not captured, is put above the live lines
        return RichView(output, plan, seconds, headline, talk, redirect=captured is None)
    return PlainView(output, plan, headline, talk, quiet=quiet > 0)


class SilentView:
    """Shows nothing."""

    def __call__(self, event: Event) -> None:
        """Nothing to do."""

    def interrupted(self) -> None:
        """Nothing to say."""

    def close(self) -> None:
        """Nothing to do."""

    def say(self, text: str) -> None:
        """Say nothing."""

    def pause(self) -> None:
        """Nothing to do."""

    def resume(self) -> None:
        """Nothing to do."""


class JsonView:
    """One event a line."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def __call__(self, event: Event) -> None:
        """Write the event."""
        self._output.data_now(encode_json(event_json(event)))

    def interrupted(self) -> None:
        """Nothing to say: the events tell."""

    def close(self) -> None:
        """Nothing to do."""

    def say(self, text: str) -> None:
        """Tell the person something, from any thread."""
        self._output.talk(text)

    def pause(self) -> None:
        """Nothing to do."""

    def resume(self) -> None:
        """Nothing to do."""


def event_json(event: Event) -> dict[str, Any]:
    """An event as `--format json` writes it: type, run and time first."""
    data: dict[str, Any] = msgspec.to_builtins(event)
    data.pop("wiring", None)  # long, and of use to nobody but a run that goes on with this one
    first = {"type": data.pop("type"), "run_id": data.pop("run_id"), "timestamp": iso(data.pop("timestamp"))}
    return first | data


class _StepCount:
    """How many steps there are: a mapped step counts once until it is known for what it is copied."""

    def __init__(self, plan: RunPlan) -> None:
        self._known = set(plan.to_run)
        self._mapped: dict[str, list[str]] = {}
        self._copies: dict[str, set[str]] = {}
        for step in plan.steps:
            if step.mapped_over:
                self._mapped.setdefault(step.mapped_over, []).append(step.key)

    @property
    def total(self) -> int:
        """The steps known so far."""
        return len(self._known)

    def see(self, event: Event) -> None:
        """Take note of a step that became many."""
        if isinstance(event, OutputProduced) and event.mapping_key is not None:
            copies = self._copies.setdefault(event.step, set())  # a set: a step that is tried again makes them again
            copies.update(f"{step}[{event.mapping_key}]" for step in self._mapped.get(event.step, ()))
        elif isinstance(event, StepSucceeded) and event.step in self._mapped:
            self._known.difference_update(self._mapped[event.step])
            self._known.update(self._copies.get(event.step, ()))


class PlainView:
    """One line per finished step, and a sign of life on stderr when nothing ends for long."""

    def __init__(
        self,
        output: Output,
        plan: RunPlan,
        headline: str | None,
        talk: Talk,
        *,
        quiet: bool,
    ) -> None:
        self._output = output
        self._headline = headline
        self._talk = talk
        self._quiet = quiet
        self._steps = _StepCount(plan)
        self._done = 0
        self._running: dict[str, float] = {}
        self._last = time.monotonic()
        self._paused = False
        self._closed = threading.Event()
        beat = (lambda: time.monotonic() - self._last, self._closed.wait, self._still_running)
        threading.Thread(target=watch_silence, args=beat, daemon=True).start()

    def __call__(self, event: Event) -> None:
        """Write what there is to say about an event."""
        self._last = time.monotonic()
        self._steps.see(event)
        if isinstance(event, StepStarted):
            self._running[event.step] = self._last
        line = self._line(event)
        if line and not self._quiet:
            self._output.data_now(line)
        for text in self._talk.about(event):
            self._output.talk(text)

    def say(self, text: str) -> None:
        """Tell the person something, from any thread."""
        self._output.talk(text)

    def pause(self) -> None:
        """Give no signs of life."""
        self._paused = True

    def resume(self) -> None:
        """Give signs of life again."""
        self._paused = False

    def _line(self, event: Event) -> str | None:
        match event:
            case StepSucceeded():
                return self._ended("done", event.step, duration(event.duration_s))
            case StepFailed():
                return self._ended("FAILED", event.step, duration(event.duration_s))
            case StepSkipped():
                return self._ended("skipped", event.step, because(event))
            case StepCanceled():
                return self._ended("canceled", event.step, "")
            case RunStarted():
                return self._headline
            case _:
                return None

    def _ended(self, word: str, step: str, rest: str) -> str:
        self._running.pop(step, None)
        self._done += 1
        total = str(self._steps.total)
        return f"[{self._done:>{len(total)}}/{total}] {word:<8} {step}  {rest}".rstrip()

    def _still_running(self) -> None:
        now = self._last = time.monotonic()
        if self._paused:
            return
        names = ", ".join(f"{step} ({duration(now - start)})" for step, start in list(self._running.items()))
        self._output.talk(f"still running: {names}")

    def interrupted(self) -> None:
        """Say what a signal waits for."""
        names = ", ".join(self._running) or "what is being recorded"
        self._output.talk_from_handler(f"stopping: waiting for {names}; a second signal ends at once")

    def close(self) -> None:
        """Stop the signs of life."""
        self._closed.set()


def watch_silence(silent: Callable[[], float], wait: Callable[[float], bool], say: Callable[[], None]) -> None:
    """Speak whenever there was silence for as long as a heartbeat takes.

    Args:
        silent: seconds since something was last said.
        wait: waits so many seconds, and tells whether to end.
        say: breaks the silence.
    """
    rest = _HEARTBEAT
    while not wait(rest):
        rest = _HEARTBEAT - silent()
        if rest <= 0:
            say()
            rest = _HEARTBEAT


class RichView:
    """A line per running step and a bar, redrawn in place; what is worth keeping scrolls away above."""

    def __init__(
        self,
        output: Output,
        plan: RunPlan,
        seconds: Mapping[str, float],
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
        self._steps = _StepCount(plan)
        self._done = self._failed = 0
        self._stopping = False
        self._running: dict[str, float] = {}
        self._left = expected_seconds(plan, seconds)
        console = Console(file=output.talk_stream, no_color=not output.color(talk=True), highlight=False)
        self._live = Live(
            console=console,
            get_renderable=self._draw,
            refresh_per_second=8,
            transient=True,
            redirect_stdout=redirect,
            redirect_stderr=redirect,
        )

    def __call__(self, event: Event) -> None:
        """Take note of an event; failures and logs are printed at once."""
        self._steps.see(event)
        match event:
            case RunStarted():
                if self._headline is not None:
                    self._output.data_now(self._headline)
                self._live.start()
            case StepStarted():
                self._running[event.step] = time.monotonic()
            case StepSucceeded() | StepFailed() | StepSkipped() | StepCanceled():
                self._running.pop(event.step, None)
                self._left.pop(event.step, None)
                self._done += 1
                self._failed += isinstance(event, StepFailed)
            case RunFinished():
                self.close()
            case _:
                pass
        for text in self._talk.about(event):
            self.say(text)

    def say(self, text: str) -> None:
        """Print something above the live lines, from any thread."""
        from rich.text import Text

        self._live.console.print(Text.from_ansi(text), soft_wrap=True)

    def pause(self) -> None:
        """Remove the live lines."""
        self._live.stop()

    def resume(self) -> None:
        """Draw them again."""
        self._live.start()

    def interrupted(self) -> None:
        """Say below the bar what a signal waits for."""
        self._stopping = True

    def close(self) -> None:
        """Remove the live lines."""
        self._live.stop()

    def _draw(self) -> Any:
        from rich.console import Group
        from rich.progress_bar import ProgressBar
        from rich.table import Table
        from rich.text import Text

        now = time.monotonic()
        rows: list[Any] = [
            Text.assemble(("  ● ", "cyan"), step, (f"  {duration(now - started)}", "dim"), no_wrap=True)
            for step, started in list(self._running.items())
        ]
        bar = Table.grid(padding=(0, 1))
        status = f"{self._done}/{self._steps.total}"
        if self._failed:
            status += f"  {self._failed} failed"
        bar.add_row(
            ProgressBar(total=self._steps.total or 1, completed=self._done, width=30),
            Text(status + self._estimate(now)),
        )
        if self._stopping:
            rows.append(Text("  stopping: waiting for the above to end; Ctrl-C again ends at once", "yellow"))
        return Group(*rows, bar)

    def _estimate(self, now: float) -> str:
        spent = sum(min(now - start, self._left.get(step) or 0) for step, start in list(self._running.items()))
        text = estimate(self._left.values(), spent)
        return f"  {text} left" if text else ""


def because(event: StepSkipped) -> str:
    """Why a step was skipped."""
    if not event.because:
        return f"({event.reason})"
    return f"({event.reason}: {', '.join(event.because)})"


class Tally:
    """Collects what the closing summary needs."""

    def __init__(self) -> None:
        self.succeeded = 0
        self.failed: list[StepFailed] = []
        self.skipped: list[StepSkipped] = []
        self.canceled: list[StepCanceled] = []

    def __call__(self, event: Event) -> None:
        """Take note of an event."""
        match event:
            case StepSucceeded():
                self.succeeded += 1
            case StepFailed():
                self.failed.append(event)
            case StepSkipped():
                self.skipped.append(event)
            case StepCanceled():
                self.canceled.append(event)
            case _:
                pass

    def step_counts(self) -> list[str]:
        """How many steps ended how, in words."""
        counts = [f"{counted(self.succeeded, 'step')} succeeded"]
        rest = ((self.failed, "failed"), (self.skipped, "skipped"), (self.canceled, "canceled"))
        return counts + [f"{len(events)} {word}" for events, word in rest if events]
