"""Exceptions of user code as data, with the user's own frames."""

import itertools
from functools import cache
from pathlib import PurePath
from types import TracebackType

from orchestrator.definitions.env import secrets
from orchestrator.errors import ErrorInfo, Frame, OrchestratorError

#: How often a line that calls itself is told; how many frames are told at most, at both ends.
_REPEATS = 3
_FIRST, _LAST = 10, 20

_PACKAGE = str(PurePath(__file__).parent.parent)


def error_info(error: BaseException, *, causes: int = 3) -> ErrorInfo:
    """An exception as data, with as many of those it was raised from.

    Frames of orch and of the import system are left out, and those of libraries too, unless nothing else is left.
    """
    import traceback  # noqa: PLC0415  only when something went wrong

    return ErrorInfo(
        type=_type_name(type(error)),
        message=secrets.redact(_message(error)),
        frames=user_frames(error),
        traceback=secrets.redact("".join(traceback.format_exception(error))),
        hint=error.hint if isinstance(error, OrchestratorError) else None,
        cause=error_info(error.__cause__, causes=causes - 1) if error.__cause__ is not None and causes else None,
    )


def user_frames(error: BaseException) -> tuple[Frame, ...]:
    """The frames of user code on the way to an exception, outermost first; a syntax error's own place is the last."""
    frames = [frame for frame in _frames(error.__traceback__) if not _is_ours(frame.file)]
    users = [frame for frame in frames if not frame.file.startswith(_libraries())]
    if isinstance(error, SyntaxError) and error.filename:
        users.append(Frame(error.filename, error.lineno or 1, "<module>", (error.text or "").strip()))
    if not users and isinstance(error, OrchestratorError):
        return tuple(Frame(source.file, source.line, "", _line(source.file, source.line)) for source in error.sources)
    return tuple(_shortened(users or frames))


@cache
def _libraries() -> tuple[str, ...]:
    """The folders of installed libraries."""
    import sysconfig  # noqa: PLC0415  only when something went wrong

    paths = map(sysconfig.get_path, ("stdlib", "platstdlib", "purelib", "platlib"))
    return tuple(dict.fromkeys(path for path in paths if path))


def _shortened(frames: list[Frame]) -> list[Frame]:
    """Without the bulk of a recursion: a line that calls itself is told a few times, and the middle of a long way not at all."""
    told: list[Frame] = []
    for frame, same in itertools.groupby(frames):
        times = len(list(same))
        told += [frame] * min(times, _REPEATS)
        if times > _REPEATS:
            told[-1] = Frame(
                frame.file, frame.line, frame.function, f"{frame.code}  (and {times - _REPEATS} times more)"
            )
    if len(told) <= _FIRST + _LAST:
        return told
    before, left_out = told[_FIRST - 1], len(told) - _FIRST - _LAST
    told[_FIRST - 1] = Frame(
        before.file, before.line, before.function, f"{before.code}  (then {left_out} calls left out)"
    )
    return told[:_FIRST] + told[-_LAST:]


def _frames(trace: TracebackType | None) -> list[Frame]:
    found = []
    while trace is not None:
        code, line = trace.tb_frame.f_code, trace.tb_lineno
        found.append(Frame(code.co_filename, line, code.co_qualname, _line(code.co_filename, line)))
        trace = trace.tb_next
    return found


def _is_ours(file: str) -> bool:
    return file.startswith((_PACKAGE, "<frozen "))


def _line(file: str, line: int) -> str:
    import linecache  # noqa: PLC0415  only when something went wrong

    return linecache.getline(file, line).strip()


def _type_name(kind: type[BaseException]) -> str:
    plain = kind.__module__ in ("builtins", "__main__") or issubclass(kind, OrchestratorError)
    return kind.__qualname__ if plain else f"{kind.__module__}.{kind.__qualname__}"


def _message(error: BaseException) -> str:
    if isinstance(error, OrchestratorError):
        return error.message
    if isinstance(error, SystemExit):
        return f"user code called sys.exit({error.code!r})"
    if isinstance(error, SyntaxError):
        return error.msg
    try:
        return str(error)
    except Exception:  # noqa: BLE001  a broken __str__ of user code
        return "(its message cannot be shown)"
