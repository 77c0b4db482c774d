"""Read what steps wrote to stdout and stderr: events say which part of which file it is."""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

from orchestrator.execution.capture import file_name
from orchestrator.execution.masking import mask_what_was_left, may_hold_secrets
from orchestrator.runs.events import Event, LogsCaptured, StepCanceled, StepFailed, StepStarted, StepSucceeded

#: The two streams, and the endings of their files.
STREAMS = {"stdout": ".out", "stderr": ".err"}

_CHUNK = 1 << 20
#: The end of a text is looked for in so many bytes at most.
_TAIL = 1 << 16


class Passage(NamedTuple):
    """A part of what a step wrote to one stream: whole lines, unless the step ended with a part of one."""

    #: None: written between steps.
    step: str | None
    stream: str
    data: bytes

    @property
    def text(self) -> str:
        """The bytes as text."""
        return self.data.decode(errors="replace")


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

    def tail(self, event: LogsCaptured, stream: str, lines: int) -> Tail:
        """The end of it."""
        start, end = _range(event, stream)
        near = max(start, end - _TAIL)
        found = self._decode(b"".join(self._chunks(event.file, stream, near, end))).removesuffix("\n").split("\n")
        cut = near > start
        if cut and len(found) > 1:
            found = found[1:]  # begins in the middle of a line
        return Tail(found[-lines:] if end > start else [], cut or len(found) > lines)

    def files(self, run_id: str) -> list[str]:
        """The files of a run, as `LogsCaptured` names them."""
        return sorted({f"{run_id}/{path.stem}" for path in (self._folder / run_id).glob("*.out")})

    def lines(self, file: str, stream: str, start: int, end: int | None = None) -> Iterator[bytes]:
        """What a file holds between two offsets, or from one to its end: many lines at a time, as they are."""
        return _whole_lines(self._chunks(file, stream, start, end))

    def may_hold_secrets(self, file: str) -> bool:
        """Whether a file may hold what must not be shown until the step that writes it has ended."""
        return may_hold_secrets(f"{self._folder}/{file}")

    def passage(self, step: str | None, stream: str, data: bytes) -> Passage:
        """What a step wrote, as it may be shown."""
        return Passage(step, stream, data if self._redact is None else self._decode(data).encode())

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

    def take(self, event: Event) -> Iterator[Passage]:
        """Take note of an event; what a step wrote and was not returned before, if this says so."""
        match event:
            case StepStarted():
                self._running[f"{event.run_id}/{file_name(event.worker or event.location)}"] = event.step
            case LogsCaptured():
                return itertools.chain(*[self._up_to(event, stream) for stream in STREAMS])
            case StepSucceeded() | StepFailed() | StepCanceled():
                self._running = {file: step for file, step in self._running.items() if step != event.step}
            case _:
                pass
        return iter(())

    def poll(self, *, last: bool = False) -> Iterator[Passage]:
        """What running steps have written since the last time.

        Args:
            last: nothing more will come; a line without an end is a line too.
        """
        for file, step in list(self._running.items()):
            if not last and self._captured.may_hold_secrets(file):
                continue  # what a step wrote is masked when it has ended
            for stream in STREAMS:
                yield from self._news(file, stream, step, last=last)

    def rest(self, run_id: str) -> Iterator[Passage]:
        """What nobody told of by the end of a run: its process was killed before the step it ran was recorded."""
        for file in self._captured.files(run_id):
            for stream in STREAMS:
                yield from self._news(file, stream, self._running.get(file), last=True)

    def _up_to(self, event: LogsCaptured, stream: str) -> Iterator[Passage]:
        start, end = _range(event, stream)
        read = self._read.get((event.file, stream), 0)
        self._read[event.file, stream] = max(end, read)
        if start < read <= end:  # its beginning was read while the step ran
            start = read
        lines = self._captured.lines(event.file, stream, start, end)
        return (self._captured.passage(event.step, stream, data) for data in lines)

    def _news(self, file: str, stream: str, step: str | None, *, last: bool) -> Iterator[Passage]:
        read = self._read.get((file, stream), 0)
        for data in self._captured.lines(file, stream, read):
            if not last and not data.endswith(b"\n"):
                return
            self._read[file, stream] = read = read + len(data)
            yield self._captured.passage(step, stream, data)


def mask_what_a_run_left(folder: Path, run_id: str) -> None:
    """Mask secrets in what the steps of a run wrote whose process died.

    Args:
        folder: `logs` of the home.
        run_id: the run.
    """
    for file in CapturedText(folder).files(run_id):
        mask_what_was_left(f"{folder}/{file}")


def _range(event: LogsCaptured, stream: str) -> tuple[int, int]:
    return (event.out_from, event.out_to) if stream == "stdout" else (event.err_from, event.err_to)


def _whole_lines(chunks: Iterator[bytes]) -> Iterator[bytes]:
    rest = b""
    for chunk in chunks:
        data = rest + chunk
        end = data.rfind(b"\n") + 1
        rest = data[end:]
        if not end and len(rest) >= _CHUNK:  # no text
            end, rest = len(rest), b""
        if end:
            yield data[:end]
    if rest:
        yield rest
