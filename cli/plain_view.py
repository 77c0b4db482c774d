"""A run off a terminal: a line per step that ended, and signs of life."""

import threading
import time
from collections.abc import Callable, Iterable

from orchestrator.reports.progress import Progress
from orchestrator.runs.events import Event, RunStarted

from .output import Output
from .step_lines import StepLines
from .talk import Talk
from .times import duration

#: Seconds of silence after which a view off a terminal says that it is alive.
_HEARTBEAT = 30.0
#: So many steps are named by a sign of life.
_NAMED = 8


class PlainView:
    """One line per finished step, and a sign of life on stderr when nothing ends for long."""

    def __init__(
        self,
        output: Output,
        lines: StepLines,
        headline: str | None,
        talk: Talk,
        *,
        quiet: bool,
    ) -> None:
        self._output = output
        self._headline = headline
        self._talk = talk
        self._quiet = quiet
        self._progress = lines.progress
        self._lines = lines
        self._last = time.monotonic()
        self._paused = False
        self._closed = threading.Event()
        beat = (lambda: time.monotonic() - self._last, self._closed.wait, self._still_running)
        threading.Thread(target=watch_silence, args=beat, daemon=True).start()

    def __call__(self, event: Event) -> None:
        """Write what there is to say about an event."""
        self._last = time.monotonic()
        line = self._headline if isinstance(event, RunStarted) else self._lines.about(event, self._last)
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

    def _still_running(self) -> None:
        self._last = time.monotonic()
        if not self._paused:
            self._output.talk(still_running(self._progress, self._last))

    def interrupted(self) -> None:
        """Say what a signal waits for."""
        names = _some(self._progress.running.copy()) or "what is being recorded"
        self._output.talk_from_handler(f"stopping: waiting for {names}; a second signal ends at once")

    def close(self) -> None:
        """Stop the signs of life."""
        self._closed.set()


def still_running(progress: Progress, now: float) -> str:
    """What a run is about, in words.

    Args:
        progress: where it stands; it may change meanwhile.
        now: by the clock that `progress` was given.
    """
    running, retrying = progress.running.copy(), progress.retrying.copy()
    said = []
    if running:
        said.append(f"still running: {_some(f'{one.step} ({duration(now - one.since)})' for one in running.values())}")
    if retrying:
        said.append(f"to be tried again: {_some(retrying)}")
    return "; ".join(said) or "still waiting: nothing runs at the moment"


def _some(texts: Iterable[str]) -> str:
    every = list(texts)
    more = [f"{len(every) - _NAMED} more"] if len(every) > _NAMED else []
    return ", ".join([*every[:_NAMED], *more])


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
