"""Where output goes: data to stdout, everything else to stderr, colour only where it is seen."""

import os
import select
import shutil
import sys
from collections.abc import Iterable
from typing import Any, TextIO

import msgspec

from orchestrator.runs.text import encode_json

from .options import Color


class Output:
    """The two streams of a command.

    Made before user code is loaded: stdout is kept for data, and file descriptor 1 is pointed at stderr, so that nothing
    user code prints, in Python or below it, can get between the data. stderr is kept for talk in the same way: while steps
    run, file descriptor 2 is theirs.
    """

    def __init__(self, color: Color = Color.AUTO, *, json: bool = False) -> None:
        self._data, self._talk = _claim_streams()
        self._color = color
        #: Errors are written as JSON too.
        self.json = json
        self.is_terminal = self._data.isatty()
        self.talk_is_terminal = self._talk.isatty()
        #: Nobody reads the data any more.
        self.reader_gone = False

    def data(self, text: str) -> None:
        """Write a line of data."""
        self._write(text)

    def data_now(self, text: str) -> None:
        """Write a line of data that somebody waits for."""
        self._write(text)
        self.flush()

    def data_names(self, names: Iterable[str]) -> None:
        """Write names, one a line: nothing at all if there are none."""
        text = "\n".join(names)
        if text:
            self._write(text)

    def data_json(self, value: Any) -> None:
        """Write a value as indented JSON."""
        self._write(msgspec.json.format(encode_json(value), indent=2))

    def _write(self, text: str) -> None:
        try:
            self._data.write(text + "\n")
        except BrokenPipeError:
            self._discard()

    def data_bytes(self, data: bytes) -> None:
        """Write data that need not be text."""
        try:
            self._data.flush()
            self._data.buffer.write(data)
        except BrokenPipeError:
            self._discard()

    def _discard(self) -> None:
        """The reader went away (`orch ... | head -1`): nobody is there to complain to, and a run goes on."""
        self.reader_gone = True
        # the descriptor is pointed elsewhere under the stream, so that what it still holds can be flushed
        devnull = os.open(os.devnull, os.O_WRONLY)
        os.dup2(devnull, self._data.fileno())
        os.close(devnull)

    def talk(self, text: str) -> None:
        """Say something to the person."""
        self._talk.write(text + "\n")
        self._talk.flush()

    def talk_from_handler(self, text: str) -> None:
        """Say something in a signal handler, which may have interrupted the very stream that `talk` writes to."""
        os.write(self._talk.fileno(), f"{text}\n".encode())

    def flush(self) -> None:
        """Send what was written on its way."""
        try:
            self._data.flush()
        except BrokenPipeError:
            self._discard()

    def wait_for_end_of_reader(self, seconds: float) -> bool:
        """Wait, or return True as soon as nobody reads the data any more."""
        if not self.reader_gone:
            poller = select.poll()
            poller.register(self._data, 0)  # an error is reported unasked
            found = poller.poll(seconds * 1000)
            self.reader_gone = any(event & (select.POLLERR | select.POLLHUP) for _, event in found)
        return self.reader_gone

    @property
    def stream(self) -> TextIO:
        """The stream for data, for a library that writes to one itself."""
        return self._data

    @property
    def talk_stream(self) -> TextIO:
        """The stream for talk, for a library that writes to one itself."""
        return self._talk

    @property
    def moves_cursor(self) -> bool:
        """Whether lines that were written can be drawn over."""
        return self.is_terminal and self.talk_is_terminal and os.environ.get("TERM") != "dumb"

    @property
    def width(self) -> int | None:
        """How many columns a table may take; None off a terminal: nothing is cut there."""
        return shutil.get_terminal_size().columns if self.is_terminal else None

    def styled(self, text: str, style: str, *, talk: bool = False) -> str:
        """Text in a style (`bold`, `dim`, `red`, `green`, `yellow`), if its stream shows styles."""
        if not self.color(talk=talk):
            return text
        codes = {"bold": 1, "dim": 2, "red": 31, "green": 32, "yellow": 33}
        return f"\x1b[{codes[style]}m{text}\x1b[0m"

    def color(self, *, talk: bool = False) -> bool:
        """Whether a stream shows colour."""
        if self._color is not Color.AUTO:
            return self._color is Color.ALWAYS
        if os.environ.get("NO_COLOR"):
            return False
        if os.environ.get("FORCE_COLOR"):
            return True
        terminal = self.talk_is_terminal if talk else self.is_terminal
        return terminal and os.environ.get("TERM") != "dumb"


_claimed: tuple[TextIO, TextIO] | None = None


def _claim_streams() -> tuple[TextIO, TextIO]:
    global _claimed  # noqa: PLW0603  the process has one of each
    if _claimed is None:
        sys.stdout.flush()
        data = os.fdopen(os.dup(1), "w", encoding="utf-8", errors="surrogateescape")
        talk = os.fdopen(os.dup(2), "w", encoding=sys.stderr.encoding, errors="backslashreplace")
        os.dup2(2, 1)
        _claimed = data, talk
    return _claimed
