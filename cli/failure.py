"""Exit codes, and errors as people and programs read them."""

import os
import sys
from collections.abc import Iterable
from enum import IntEnum
from typing import Any

from orchestrator import errors
from orchestrator.definitions.config_schema import shown_path as shown_path_in_config
from orchestrator.graph.snapshot import LoadFailure
from orchestrator.runs.text import encode_json

from .tables import display_width


class ExitCode(IntEnum):
    """What a command ends with; part of the public API."""

    #: Done.
    OK = 0
    #: A step or a blocking check failed.
    FAILED = 1
    #: Wrong usage, including a selection that matches nothing (`--allow-empty` makes it 0).
    USAGE = 2
    #: A code location or a definition is not valid.
    INVALID = 3
    #: There are pending changes (only where asked).
    PENDING = 4
    #: orch could not do its work: the home or the database cannot be used, or orch has a bug.
    BROKEN = 5
    #: Interrupted by SIGINT; the run was recorded as canceled.
    INTERRUPTED = 130
    #: Interrupted by SIGTERM; the run was recorded as canceled.
    TERMINATED = 143


_CODES: tuple[tuple[type[errors.OrchestratorError], ExitCode], ...] = (
    (errors.StoreError, ExitCode.BROKEN),
    (errors.UnknownNameError, ExitCode.USAGE),
    (errors.DefinitionError, ExitCode.INVALID),
    (errors.ExecutionError, ExitCode.FAILED),
    (errors.InvocationError, ExitCode.INVALID),
    (errors.MetadataError, ExitCode.INVALID),
    (errors.ConfigDefinitionError, ExitCode.INVALID),
    (errors.ConfigClassError, ExitCode.INVALID),
    (errors.LoadError, ExitCode.INVALID),
    (errors.SettingsError, ExitCode.INVALID),
)


def exit_code(error: errors.OrchestratorError) -> ExitCode:
    """The exit code for an error."""
    return next((code for kind, code in _CODES if isinstance(error, kind)), ExitCode.USAGE)


def render_error(error: errors.OrchestratorError) -> str:
    """An error for a person: what, where, what to do."""
    lines = [f"error[{error.code}]: {error.message}"]
    if isinstance(error, errors.ConfigError) and error.problems:
        lines = [lines[0].partition("\n")[0], *_problem_lines(error.problems)]
    if isinstance(error, errors.SelectionError) and error.text is not None and error.position is not None:
        lines += _pointed(error.text, error.position)
    lines += [f"  at {shown(source)}" for source in error.sources]
    if isinstance(error, errors.LoadError) and error.error is not None:
        lines += render_frames(error.error.frames)
    if error.hint:
        lines.append(f"hint: {error.hint}")
    return "\n".join(lines)


def render_failure(failure: LoadFailure) -> str:
    """Why a code location could not be loaded."""
    lines = [f"error[{failure.code}]: code location `{failure.name}` cannot be loaded: {failure.message}"]
    lines += [f"  at {shown(source)}" for source in failure.sources]
    if failure.error is not None:
        lines += render_frames(failure.error.frames)
    if failure.hint:
        lines.append(f"hint: {failure.hint}")
    return "\n".join(lines)


def error_json(error: errors.OrchestratorError) -> dict[str, Any]:
    """An error for a program."""
    places = [shown(source) for source in error.sources]
    data: dict[str, Any] = {"code": error.code, "message": error.message, "hint": error.hint}
    data |= {"location": places[0] if places else None, "locations": places}
    if isinstance(error, errors.SelectionError) and error.text is not None:
        data |= {"selection": error.text, "position": error.position}
    if isinstance(error, errors.ConfigError):
        data["problems"] = [_problem_json(problem) for problem in error.problems]
    return data


def _problem_json(problem: errors.ConfigProblem) -> dict[str, Any]:
    return {
        "path": list(problem.path),
        "message": problem.message,
        "hint": problem.hint,
        "location": None if problem.source is None else shown(problem.source),
    }


def failure_json(failure: LoadFailure) -> dict[str, Any]:
    """A load failure for a program."""
    frames = [] if failure.error is None else [f"{shown_path(one.file)}:{one.line}" for one in failure.error.frames]
    places = [shown(source) for source in failure.sources] or frames
    return {
        "code": failure.code,
        "message": failure.message,
        "hint": failure.hint,
        "location": places[-1] if places else None,
        "locations": places,
        "code_location": failure.name,
    }


def render_frames(frames: Iterable[errors.Frame]) -> list[str]:
    """A user's traceback: where, and the line of code."""
    lines = []
    for frame in frames:
        where = f"  at {shown_path(frame.file)}:{frame.line}"
        lines.append(f"{where} in {frame.function}" if frame.function else where)
        if frame.code:
            lines.append(f"      {frame.code}")
    return lines


def render_error_info(info: errors.ErrorInfo) -> list[str]:
    """An exception of user code: its frames, then what it said, most important last."""
    lines = render_frames(info.frames)
    lines += (f"  {info.type}: {info.message}" if info.message else f"  {info.type}").splitlines()
    if info.hint:
        lines.append(f"  hint: {info.hint}")
    return lines


def shown(source: errors.SourceRef) -> str:
    """A place, relative to the current folder if it is below it."""
    return f"{shown_path(source.file)}:{source.line}"


def shown_path(path: str) -> str:
    """A path, relative to the current folder if it is below it."""
    here = os.getcwd() + os.sep  # noqa: PTH109  called for each of thousands of rows
    return path[len(here) :] if path.startswith(here) else path


def report(error: errors.OrchestratorError, *, json: bool) -> None:
    """Write an error to stderr."""
    text = encode_json(error_json(error)) if json else render_error(error)
    sys.stderr.write(text + "\n")


def report_bug(error: BaseException) -> None:
    """Say that orch itself failed, and keep the traceback where it can be sent from."""
    import tempfile  # noqa: PLC0415  only when orch has a bug
    import traceback  # noqa: PLC0415

    with tempfile.NamedTemporaryFile("w", prefix="orch-bug-", suffix=".txt", delete=False) as file:
        file.write("".join(traceback.format_exception(error)))
    sys.stderr.write(
        f"error[E999]: {type(error).__name__}: {error}\n"
        f"This is a bug in orch, not in your code. The full traceback is in {file.name}\n"
        "hint: please report it with that file\n"
    )


def _problem_lines(problems: Iterable[errors.ConfigProblem]) -> list[str]:
    """Every problem of a config: where it stands, what is wrong, what to do."""
    lines = []
    for problem in problems:
        where = [] if problem.source is None else [shown(problem.source)]
        where += [shown_path_in_config(problem.path)] if problem.path else []
        lines.append(f"  {': '.join([*where, problem.message])}")
        if problem.hint:
            lines.append(f"      {problem.hint}")
    return lines


def _pointed(text: str, position: int) -> list[str]:
    """The text, or the part of it around the position, with a caret below; nothing for an empty text."""
    if not text.strip():
        return []
    start = max(0, position - 50)
    part = text[start : start + 76].replace("\n", " ")
    return [f"  {part}", f"  {' ' * display_width(text[start:position])}^"]
