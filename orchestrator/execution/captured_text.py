"""Read what steps wrote to stdout and stderr: events say which part of which file it is."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from orchestrator.execution.capture import file_name
from orchestrator.runs.events import Event, LogsCaptured, StepCanceled, StepFailed, StepStarted, StepSucceeded

#: The two streams, and the endings of their files.
STREAMS = {"stdout": ".out", "stderr": ".err"}

_CHUNK = 1 << 20
#: The end of a text is looked for in so many bytes at most.
_TAIL = 1 << 16


class Passage(NamedTuple):
    """A part of what a step wrote to one stream; whole lines, unless the step has ended."""

    #: None: written between steps.
    step: str | None
    stream: str
    text: str


class Tail(NamedTuple):
    """The last lines that a step wrote to one stream."""

    lines: list[str]
    #: Whether there were more before.
    cut: bool


class CapturedText:
    """The text of the runs of one home.

    Args:
        folder: `logs` of the home.
        redact: takes what must not be shown out of a text.
    """

    def __init__(self, folder: Path, redact: Callable[[str], str] | None = None) -> None:
        self._folder = folder
        self._redact = redact

    def text(self, event: LogsCaptured, stream: str) -> str:
        """All of it."""
        return self._decode(b"".join(self._chunks(event.file, stream, *_range(event, stream))))

    def raw(self, event: LogsCaptured, stream: str) -> Iterator[bytes]:
        """All of it, byte for byte, in pieces."""
        if self._redact is not None:  # what is to be taken out may lie across two pieces
            yield self.text(event, stream).encode(errors="surrogateescape")
        else:
            yield from self._chunks(event.file, stream, *_range(event, stream))

    def tail(self, event: LogsCaptured, stream: str, lines: int) -> Tail:
        """The end of it."""
        start, end = _range(event, stream)
        near = max(start, end - _TAIL)
        found = self._decode(b"".join(self._chunks(event.file, stream, near, end))).splitlines()
        cut = near > start
        if cut and len(found) > 1:
            found = found[1:]  # begins in the middle of a line
        return Tail(found[-lines:], cut or len(found) > lines)

    def passage(self, step: str | None, stream: str, data: bytes) -> Passage:
        """Bytes of a step as they may be shown."""
        return Passage(step, stream, self._decode(data))

    def between(self, file: str, stream: str, start: int, end: int | None = None) -> bytes:
        """What a file holds between two offsets, or from one on."""
        return b"".join(self._chunks(file, stream, start, end))

    def _decode(self, data: bytes) -> str:
        text = data.decode(errors="replace")
        return text if self._redact is None else self._redact(text)

    def _chunks(self, file: str, stream: str, start: int, end: int | None) -> Iterator[bytes]:
        try:
            with open(self._folder / f"{file}{STREAMS[stream]}", "rb") as opened:  # noqa: PTH123  often, and in order
                opened.seek(start)
                while end is None or start < end:
                    chunk = opened.read(_CHUNK if end is None else min(_CHUNK, end - start))
                    if not chunk:
                        return
                    start += len(chunk)
                    yield chunk
        except FileNotFoundError:  # nothing was written, or somebody removed it
            return


class GrowingText:
    """What the steps of a run write, as it comes.

    Args:
        captured: where it is.
    """

    def __init__(self, captured: CapturedText) -> None:
        self._captured = captured
        #: The step that runs, by the file it writes to.
        self._running: dict[str, str] = {}
        self._read: dict[tuple[str, str], int] = {}

    def take(self, event: Event) -> list[Passage]:
        """Take note of an event; the rest of what a step wrote, if this says so."""
        match event:
            case StepStarted():
                self._running[f"{event.run_id}/{file_name(event.location)}"] = event.step
            case LogsCaptured():
                return [passage for stream in STREAMS for passage in self._up_to(event, stream)]
            case StepSucceeded() | StepFailed() | StepCanceled():
                self._running = {file: step for file, step in self._running.items() if step != event.step}
            case _:
                pass
        return []

    def poll(self, *, last: bool = False) -> list[Passage]:
        """What running steps have written since the last time.

        Args:
            last: nothing more will come; a line without an end is a line too.
        """
        return [
            passage
            for file, step in list(self._running.items())
            for stream in STREAMS
            for passage in self._news(file, stream, step, last=last)
        ]

    def _up_to(self, event: LogsCaptured, stream: str) -> Iterator[Passage]:
        start, end = _range(event, stream)
        start = max(start, self._read.get((event.file, stream), 0))
        self._read[event.file, stream] = max(end, start)
        if start < end:
            yield self._captured.passage(event.step, stream, self._captured.between(event.file, stream, start, end))

    def _news(self, file: str, stream: str, step: str, *, last: bool) -> Iterator[Passage]:
        start = self._read.get((file, stream), 0)
        data = self._captured.between(file, stream, start)
        if not last:
            data = data[: data.rfind(b"\n") + 1]
        if data:
            self._read[file, stream] = start + len(data)
            yield self._captured.passage(step, stream, data)


def _range(event: LogsCaptured, stream: str) -> tuple[int, int]:
    return (event.out_from, event.out_to) if stream == "stdout" else (event.err_from, event.err_to)
