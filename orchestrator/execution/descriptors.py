"""File descriptors 1 and 2 of a process, pointed at two files for a while.

Below Python nothing knows `sys.stdout`: a C library, or a child process, writes to the descriptors. Pointing these
elsewhere catches all of it.
"""

import os
import sys
from contextlib import suppress
from importlib.machinery import ExtensionFileLoader
from typing import Any, NamedTuple

#: Our own requirements that are native code; none of them writes to stdout.
_SILENT = ("msgspec", "yaml", "_yaml")


class Place(NamedTuple):
    """How far the two files have been written."""

    out: int
    err: int


class Redirection:
    """Points stdout and stderr at `<base>.out` and `<base>.err`, which are appended to.

    Args:
        base: path of the files without their ending; their folder exists.

    Raises:
        OSError: a file cannot be opened.
    """

    def __init__(self, base: str) -> None:
        flags = os.O_WRONLY | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC
        self._files = (os.open(f"{base}.out", flags, 0o666), os.open(f"{base}.err", flags, 0o666))
        self._originals = (os.dup(1), os.dup(2))
        self._restore_stdout = _write_lines_at_once()
        self._native = _NativeBuffers()
        self.point_at_files()

    def place(self) -> Place:
        """Where the files end now, with everything that was written so far in them."""
        _flush(sys.stdout)
        _flush(sys.stderr)
        self._native.flush()
        out, err = self._files
        return Place(os.lseek(out, 0, os.SEEK_END), os.lseek(err, 0, os.SEEK_END))

    def point_at_files(self) -> None:
        """Catch what is written from here on."""
        self._point_at(self._files)

    def point_at_originals(self) -> None:
        """Let what is written from here on go where it went before."""
        self._point_at(self._originals)

    def close(self) -> None:
        """Put everything back."""
        self.point_at_originals()
        self._restore_stdout()
        for descriptor in (*self._files, *self._originals):
            os.close(descriptor)

    def _point_at(self, descriptors: tuple[int, int]) -> None:
        _flush(sys.stdout)
        _flush(sys.stderr)
        self._native.flush()
        os.dup2(descriptors[0], 1)
        os.dup2(descriptors[1], 2)


class _NativeBuffers:
    """The buffers of the C library: what native code has written with `printf` may still be in them."""

    def __init__(self) -> None:
        self._fflush: Any = None
        self._seen = 0

    def flush(self) -> None:
        if self._fflush is None and len(sys.modules) != self._seen:
            self._look()
        if self._fflush is not None:
            self._fflush(None)

    def _look(self) -> None:
        """Load what flushing takes only once there is native code that may write."""
        new = list(sys.modules.items())[self._seen :]
        self._seen += len(new)
        if any(_may_write(name, module) for name, module in new):
            import ctypes  # noqa: PLC0415  most projects have no native code

            self._fflush = ctypes.CDLL(None).fflush


def _may_write(name: str, module: object) -> bool:
    if name == "ctypes":
        return True
    top = name.partition(".")[0]
    if top in _SILENT or top in sys.stdlib_module_names:
        return False
    return isinstance(getattr(getattr(module, "__spec__", None), "loader", None), ExtensionFileLoader)


def _write_lines_at_once() -> Any:
    """Let each line that Python prints be in the file before the next thing happens; returns what undoes it.

    So prints and what native code and children write stay in order, and a process that is killed has left its last
    words.
    """
    stream: Any = sys.stdout
    if not hasattr(stream, "reconfigure"):  # user code has put something of its own there
        return lambda: None
    before = {"encoding": stream.encoding, "errors": stream.errors, "line_buffering": stream.line_buffering}
    _reconfigure(stream, encoding="utf-8", errors="backslashreplace", line_buffering=True)
    return lambda: _reconfigure(stream, **before)


def _reconfigure(stream: Any, *, line_buffering: bool, **encoding: str) -> None:
    """Change a stream that may have been opened on a file and stand for a pipe now: Python asks it for its position."""
    with suppress(OSError):  # it has taken the encoding all the same
        stream.reconfigure(**encoding)
    stream.reconfigure(line_buffering=line_buffering)


def _flush(stream: Any) -> None:
    try:
        stream.flush()
    except (AttributeError, ValueError, OSError):  # replaced or closed by user code, or the disk is full
        return
