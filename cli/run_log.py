"""The log of a run: what was logged, printed and raised in it, after the fact or while it happens."""

import time
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import closing
from typing import Protocol

import msgspec

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import ErrorInfo, UnknownStepError
from orchestrator.execution.captured_text import STREAMS, CapturedText, GrowingText, Passage
from orchestrator.instance import Instance
from orchestrator.runs.events import (
    Event,
    HookEnded,
    LogsCaptured,
    LogWritten,
    RunFinished,
    StepCanceled,
    StepFailed,
    StepSkipped,
    StepSucceeded,
    StepUpForRetry,
)
from orchestrator.runs.records import Run
from orchestrator.runs.text import encode_json

from .captured import POLL, shown_lines
from .failure import render_error_info
from .json_view import event_json
from .options import LogLevel, levels_from
from .output import Output
from .tally import because
from .times import duration, local

#: How often it is looked whether the process of a run that is followed still lives, in seconds.
_STILL_ALIVE = 2.0

#: The events that a log is made of.
_TYPES = (
    "step_started",
    "log",
    "logs_captured",
    "step_succeeded",
    "step_failed",
    "step_up_for_retry",
    "hook_ended",
    "step_skipped",
    "step_canceled",
    "run_finished",
)
_Ended = StepSucceeded | StepFailed | StepSkipped | StepCanceled


class LogWriter(Protocol):
    """Writes the log of a run in one form."""

    #: Whether it wants what steps print while they print it.
    live: bool
    #: Whether all that belongs to a step should come together.
    by_step: bool

    def event(self, event: Event, passages: Iterable[Passage]) -> bool:
        """Write an event, and what a step has written before it; whether there was anything to write."""

    def passages(self, passages: Iterable[Passage]) -> bool:
        """Write what a running step has written so far; whether there was anything to write."""


class TextWriter:
    """For people: a line that names the step, then its messages, lines and errors."""

    live = by_step = True

    def __init__(self, output: Output, log_level: LogLevel | None = None) -> None:
        self._output = output
        self._levels = levels_from(log_level or LogLevel.DEBUG)
        self._color = output.color()
        self._step: str | None = ""

    def event(self, event: Event, passages: Iterable[Passage]) -> bool:
        """Write an event, and what a step has written before it."""
        wrote = self.passages(passages)
        match event:
            case LogWritten() if event.level not in self._levels:
                return wrote
            case LogWritten():
                name = f"{event.logger}: " if event.logger else ""
                extra = "".join(f"  {key}={value}" for key, value in event.extra.items())
                text = f"{event.level.upper():<8} {name}{event.message}{extra}"
                self._lines(event.step, [f"{local(event.timestamp)} {text}"])
            case StepFailed():
                self._error(
                    event.step, event, f"{self._output.styled('FAILED', 'red')}   {event.error.type}", event.error
                )
            case StepUpForRetry():
                again = f"RETRY    {event.error.type}; again in {duration(event.wait_s)}"
                self._error(event.step, event, again, event.error)
            case HookEnded() if event.error is not None:
                self._error(event.step, event, f"HOOK     `{event.hook}`: {event.error.type}", event.error)
            case _:
                return wrote
        return True

    def passages(self, passages: Iterable[Passage]) -> bool:
        """Write what a step has written."""
        wrote = False
        for passage in passages:
            wrote = True
            mark = self._output.styled(f"{passage.stream} |", "dim")
            lines = [f"{mark} {line}" for line in shown_lines(passage.text, color=self._color)]
            self._lines(passage.step, lines)
        return wrote

    def _error(self, step: str, event: Event, head: str, error: ErrorInfo) -> None:
        text = error.traceback.rstrip() or "\n".join(render_error_info(error))
        self._lines(step, [f"{local(event.timestamp)} {head}", *(f"  {line}" for line in text.splitlines())])

    def _lines(self, step: str | None, lines: Sequence[str]) -> None:
        if step != self._step:
            self._step = step
            self._output.data(self._output.styled(step or "no step", "bold"))
        for text in lines:
            for line in text.split("\n"):
                self._output.data(f"  {line}")


class JsonWriter:
    """For programs: events, one a line, in order; `logs_captured` with the text."""

    live = by_step = False

    def __init__(self, output: Output, captured: CapturedText) -> None:
        self._output = output
        self._captured = captured

    def event(self, event: Event, passages: Iterable[Passage]) -> bool:  # noqa: ARG002  the text is with its event
        """Write an event."""
        if not isinstance(event, LogWritten | LogsCaptured | StepFailed | StepUpForRetry | HookEnded):
            return False
        data = event_json(event)
        if isinstance(event, LogsCaptured):
            data |= {stream: self._captured.text(event, stream) for stream in STREAMS}
        self._output.data(encode_json(data))
        return True

    def passages(self, passages: Iterable[Passage]) -> bool:  # noqa: ARG002
        """Nothing: an event will say it."""
        return False


class RawWriter:
    """For other programs: what a step wrote to one stream, byte for byte."""

    live, by_step = True, False

    def __init__(self, output: Output, stream: str) -> None:
        self._output = output
        self._stream = stream

    def event(self, event: Event, passages: Iterable[Passage]) -> bool:  # noqa: ARG002
        """Write what the step has written before an event."""
        return self.passages(passages)

    def passages(self, passages: Iterable[Passage]) -> bool:
        """Write what the step has written."""
        wrote = False
        for passage in passages:
            if passage.stream == self._stream:
                wrote = True
                self._output.data_bytes(passage.data)
        return wrote


class LogOptions(msgspec.Struct, frozen=True, kw_only=True):
    """Which part of a log is asked for."""

    #: Leave out all other steps.
    step: str | None = None
    #: Go on until the run, or the step, has ended.
    follow: bool = False


def show_log(
    instance: Instance, run: Run, captured: CapturedText, writer: LogWriter, output: Output, options: LogOptions
) -> None:
    """Write the log of a run.

    Args:
        instance: the records.
        run: the run.
        captured: what its steps printed.
        writer: writes the log.
        output: takes what there is to say besides.
        options: which part of it.

    Raises:
        UnknownStepError: the run has no such step.
    """
    step = options.step
    log = _RunLog(instance, run.run_id, captured, writer, step)
    if options.follow:
        log.follow(output)
    else:
        log.read()
    if step is not None and step not in log.steps:
        hint = did_you_mean(step, log.steps) or f"steps: {', '.join(sorted(log.steps)) or 'none yet'}"
        raise UnknownStepError(f"run {run.run_id} has no step `{step}`", hint=hint)
    if not log.wrote:
        what = f"run {run.run_id}" if step is None else f"`{step}`"
        output.talk(f"{what}: {log.outcome or 'nothing was logged or printed'}")


class _RunLog:
    def __init__(
        self, instance: Instance, run_id: str, captured: CapturedText, writer: LogWriter, step: str | None
    ) -> None:
        self._instance = instance
        self._run_id = run_id
        self._writer = writer
        self._only = step
        self._growing = GrowingText(captured)
        self._after = 0
        self._ended = False
        self.wrote = False
        self.steps: set[str] = set()
        #: Why the step that is asked for has nothing to say.
        self.outcome = ""

    def read(self) -> None:
        events = list(self._events())
        if self._writer.by_step:
            events = _by_step(events)
        for event in events:
            self._take(event)
        self._poll()

    def follow(self, output: Output) -> None:
        """Look for news until there will be none, or nobody reads them."""
        checked = time.monotonic()
        with closing(self._instance.store.watch()) as watch:
            while True:
                if watch.changed():
                    for event in self._events():
                        self._take(event)
                self._poll()
                output.flush()
                if self._ended or output.wait_for_end_of_reader(POLL):
                    return
                if time.monotonic() - checked > _STILL_ALIVE:
                    checked = time.monotonic()
                    self._instance.mark_dead_runs()

    def _events(self) -> Iterator[Event]:
        for stored in self._instance.store.events(run_id=self._run_id, types=_TYPES, after=self._after):
            self._after = stored.id
            yield stored.event

    def _take(self, event: Event) -> None:
        passages = self._growing.take(event)
        step = getattr(event, "step", None)
        if step is not None:
            self.steps.add(step)
        if isinstance(event, RunFinished):
            self._ended = True
        if self._only is not None and step != self._only:
            return
        if isinstance(event, _Ended) and self._only is not None:
            self._ended = True
        if isinstance(event, StepSkipped):
            self.outcome = f"skipped {because(event)}"
        self.wrote |= self._writer.event(event, passages)

    def _poll(self) -> None:
        if not self._writer.live:
            return
        news = self._growing.rest(self._run_id) if self._ended else self._growing.poll()
        self.wrote |= self._writer.passages(one for one in news if self._only in (None, one.step))


def _by_step(events: Collection[Event]) -> list[Event]:
    """What belongs to a step comes together, in the order in which steps began."""
    places: dict[str | None, int] = {}
    for event in events:
        places.setdefault(getattr(event, "step", None), len(places))
    return sorted(events, key=lambda event: places[getattr(event, "step", None)])
