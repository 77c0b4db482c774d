"""What steps write to stdout and stderr, as it is shown."""

import re
import threading
from collections.abc import Callable, Iterable

from orchestrator.execution.captured_text import STREAMS, CapturedText, GrowingText, Passage
from orchestrator.runs.events import Event, LogsCaptured

#: How many lines of each stream are shown below the failure of a step.
TAIL_LINES = 20
#: How often files are looked at for something new, in seconds.
POLL = 0.15

_STYLE = r"\x1b\[[0-9;]*m"
#: Escape sequences: of styles, of everything else.
_STYLES = re.compile(_STYLE)
_CONTROLS = re.compile(
    rf"(?!{_STYLE})\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)?|[@-Z\\^_])|[\x00-\x08\x0b\x0c\x0e-\x1a]"
)


def shown_lines(text: str, *, color: bool) -> list[str]:
    """Lines of a program's output that are safe to put among others.

    What moves the cursor is left out; of a line that was written over again and again, as progress bars are, the last
    state is kept.
    """
    text = _CONTROLS.sub("", text)
    if not color:
        text = _STYLES.sub("", text)
    lines = [line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n")]
    if lines[-1] == "":
        lines.pop()
    return [f"{line}\x1b[0m" if "\x1b" in line else line for line in lines]


class Tails:
    """The last lines that failed steps wrote.

    Args:
        captured: where it is.
    """

    def __init__(self, captured: CapturedText) -> None:
        self._captured = captured
        self._newest: dict[str, LogsCaptured] = {}

    def note(self, event: LogsCaptured) -> None:
        """Remember what a step wrote, until it has ended."""
        if event.step is not None:
            self._newest[event.step] = event

    def forget(self, step: str) -> None:
        """The step ended well."""
        self._newest.pop(step, None)

    def of(self, step: str, *, color: bool) -> list[str]:
        """What to show below the failure of a step."""
        event = self._newest.pop(step, None)
        lines: list[str] = []
        for stream in STREAMS if event is not None else ():
            assert event is not None
            tail = self._captured.tail(event, stream, TAIL_LINES)
            if tail.lines:
                lines.append(f"  {'end of ' if tail.cut else ''}{stream}:")
                lines += [f"    {line}" for line in shown_lines("\n".join(tail.lines), color=color)]
        return lines


class Tee:
    """Shows what steps write while they write it; a subscriber of the run's events.

    Args:
        captured: where it is.
        say: writes a line.
        color: whether styles are shown.
    """

    def __init__(self, captured: CapturedText, say: Callable[[str], None], *, color: bool) -> None:
        self._growing = GrowingText(captured)
        self._say = say
        self._color = color
        self._lock = threading.Lock()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._follow, name="orch-tee", daemon=True)
        self._thread.start()

    def __call__(self, event: Event) -> None:
        """Take note of an event."""
        with self._lock:
            self._show(self._growing.take(event))

    def close(self) -> None:
        """Stop."""
        self._closed.set()
        self._thread.join()

    def _follow(self) -> None:
        while not self._closed.wait(POLL):
            with self._lock:
                self._show(self._growing.poll())

    def _show(self, passages: Iterable[Passage]) -> None:
        for passage in passages:
            for line in shown_lines(passage.text, color=self._color):
                self._say(f"{passage.step or 'orch'} | {line}")
