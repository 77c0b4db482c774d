"""Keep what user code says while steps run: text on stdout and stderr, and records of loggers.

A process that runs steps has one `Capture` per run:

    begin_run(run_id)              stdout and stderr go to <folder>/<run_id>/<name>.out and .err from here on
      step_started(step, emit)     notes where the files end
      report()                     notes it again: what lies between was written by the step (`LogsCaptured`)
      step_ended()                 what is written from here on was not
    end_run()                      stdout and stderr go where they went before

A step costs a few system calls and no file of its own. See docs/decisions/0008.
"""

import os
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from types import FrameType
from typing import Any

from msgspec import Struct

from orchestrator.definitions.env import secrets
from orchestrator.errors import ExecutionError, StoreError
from orchestrator.execution.captured_logging import RunRecords
from orchestrator.execution.descriptors import Place, Redirection
from orchestrator.execution.event_gate import Emit, EventGate
from orchestrator.execution.masking import mask_secrets, mask_what_was_left, note_names
from orchestrator.execution.redaction import redacting
from orchestrator.runs.events import LogsCaptured, LogWritten
from orchestrator.workspace.python_logs import LEVELS, PythonLogs


class CaptureSettings(Struct, frozen=True, kw_only=True):
    """What a process keeps of what user code says; plain data, so that a worker can be told."""

    #: Folder of the files, `logs` of the home; None: stdout and stderr are left alone.
    folder: str | None = None
    #: What the files of this process are called; no other process of the run has the same name.
    name: str = ""
    python_logs: PythonLogs = PythonLogs()
    #: Whether somebody sits at stdin, so that `breakpoint()` makes sense.
    interactive: bool = True


class Capture:
    """Keeps what user code says while this process runs steps of one run, one step at a time.

    Args:
        settings: what to keep.
        on_suspend: called before `breakpoint()` gives the terminal to the debugger.
        on_resume: called when the terminal is free again: when that step ends.
    """

    def __init__(
        self,
        settings: CaptureSettings,
        *,
        on_suspend: Callable[[], None] | None = None,
        on_resume: Callable[[], None] | None = None,
    ) -> None:
        self._settings = settings
        self._on_suspend = on_suspend
        self._on_resume = on_resume
        self._gate = EventGate()
        self._run_id = ""
        self._file = ""
        self._step: str | None = None
        self._redirection: Redirection | None = None
        self._records: RunRecords | None = None
        self._place = Place(0, 0)
        self._suspended = False
        self._breakpoint_hook: Callable[..., Any] | None = None
        #: The variables that were named beside the files.
        self._named: list[str] = []

    def begin_run(self, run_id: str) -> None:
        """Keep everything from here on.

        Raises:
            StoreError: the files cannot be made.
        """
        self._run_id = run_id
        self._records = RunRecords(run_id, self._settings.python_logs, redacting(self._gate))
        if self._settings.folder is not None:
            self._file = f"{run_id}/{file_name(self._settings.name)}"
            self._redirection = _redirect(self._settings.folder, self._file)
            self._place = self._redirection.place()
        self._records.begin()
        if self._redirection is not None or self._on_suspend is not None or not self._settings.interactive:
            self._breakpoint_hook, sys.breakpointhook = sys.breakpointhook, self._on_breakpoint

    def step_started(self, step: str, emit: Emit) -> Emit:
        """Note that a step starts: after its `StepStarted`, before any of its code.

        Args:
            step: the step.
            emit: takes the step's events.

        Returns:
            What all further events of the step must be given to: threads of user code may log at the same time.
        """
        self._gate.open(emit)
        if secrets.known:
            self._note_secrets()
        self._captured_since(None)
        self._step = step
        if self._records is not None:
            self._records.step = step
        return self._gate

    def report(self) -> None:
        """Report what the step has written so far: before the event that says how it ended, and after its hooks."""
        self._captured_since(self._step)

    def step_ended(self) -> None:
        """Note that all of a step's code has ended, its hooks too.

        What threads of it say later is kept without its name.
        """
        self._step = None
        if self._records is not None:
            self._records.step = None
        self._gate.close()
        if self._suspended:
            self._resume()

    def end_run(self, emit: Emit | None = None) -> None:
        """Leave the process as it was.

        Args:
            emit: takes what was said after the last step.
        """
        if self._breakpoint_hook is not None:
            sys.breakpointhook = self._breakpoint_hook
        if emit is not None:
            self._gate.open(emit)
            self._captured_since(None)
        self._gate.close()
        if self._records is not None:
            self._records.end()
        if self._redirection is not None:
            self._redirection.close()
            self._redirection = None

    def keeps(self, record: LogWritten) -> bool:
        """Whether a message is to be kept, by its level."""
        lowest = self._settings.python_logs.level
        level = record.level.upper()
        return lowest is None or level not in LEVELS or LEVELS.index(level) >= LEVELS.index(lowest)

    def _captured_since(self, step: str | None) -> None:
        """Report what was written since the last time this was asked."""
        if self._redirection is None:
            return
        before, now = self._place, self._redirection.place()
        if now == before:
            return
        self._place = now
        if secrets.known:
            self._note_secrets()
            base = f"{self._settings.folder}/{self._file}"
            mask_secrets(f"{base}.out", before.out, now.out)
            mask_secrets(f"{base}.err", before.err, now.err)
        self._gate(
            LogsCaptured(
                run_id=self._run_id,
                timestamp=time.time(),
                step=step,
                file=self._file,
                out_from=before.out,
                out_to=now.out,
                err_from=before.err,
                err_to=now.err,
            )
        )

    def _note_secrets(self) -> None:
        """Let readers know that what a step writes may hold secrets until it has ended."""
        if self._redirection is not None and self._named != secrets.names:
            self._named = secrets.names
            note_names(f"{self._settings.folder}/{self._file}", self._named)

    def _on_breakpoint(self, *args: Any, **kwargs: Any) -> Any:
        """`breakpoint()`: from here to the end of the step the terminal is the debugger's."""
        chosen = os.environ.get("PYTHONBREAKPOINT")
        if chosen == "0":
            return None
        hook = self._breakpoint_hook or sys.__breakpointhook__
        plain = hook is sys.__breakpointhook__ and not chosen
        if plain and not self._settings.interactive:
            raise ExecutionError(
                "`breakpoint()` needs a terminal, and this step runs in a worker process that has none",
                hint="give orch only the code location to debug: -f FILE or -m MODULE",
            )
        self._suspend()
        if plain:
            _debug(sys._getframe(1), *args, **kwargs)  # noqa: SLF001  where user code called it
            return None
        return hook(*args, **kwargs)

    def _suspend(self) -> None:
        if self._suspended:
            return
        self._suspended = True
        if self._redirection is not None:
            self._redirection.point_at_originals()
        if self._on_suspend is not None:
            self._on_suspend()

    def _resume(self) -> None:
        self._suspended = False
        if self._redirection is not None:
            self._redirection.point_at_files()
        if self._on_resume is not None:
            self._on_resume()


def file_name(name: str) -> str:
    """The name of a code location as part of a path."""
    return name.replace("%", "%25").replace("/", "%2F").replace("\0", "%00").lstrip(".") or "_"


def last_words(
    settings: CaptureSettings, run_id: str, step: str, reported: Mapping[str, LogsCaptured]
) -> LogsCaptured | None:
    """What a process wrote that died in the middle of a step, as nobody else can tell any more.

    Args:
        settings: what it was to keep.
        run_id: the run.
        step: the step it died in.
        reported: the last that was reported in this run, by file.
    """
    if settings.folder is None:
        return None
    file = f"{run_id}/{file_name(settings.name)}"
    out, err = (_size(f"{settings.folder}/{file}{ending}") for ending in (".out", ".err"))
    mask_what_was_left(f"{settings.folder}/{file}")
    since = reported.get(file)
    before = Place(0, 0) if since is None else Place(since.out_to, since.err_to)
    if before == (out, err):
        return None
    return LogsCaptured(
        run_id=run_id,
        timestamp=time.time(),
        step=step,
        file=file,
        out_from=before.out,
        out_to=out,
        err_from=before.err,
        err_to=err,
    )


def _size(path: str) -> int:
    try:
        return os.stat(path).st_size  # noqa: PTH116  the text is at hand
    except OSError:
        return 0


def make_folder(folder: Path) -> None:
    """Make a folder for what steps print.

    Raises:
        StoreError: it cannot be made.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise _cannot_keep(folder, error) from None


def _redirect(folder: str, file: str) -> Redirection:
    base = Path(folder, file)
    make_folder(base.parent)
    try:
        return Redirection(str(base))
    except OSError as error:
        raise _cannot_keep(base.parent, error) from None


def _cannot_keep(folder: Path, error: OSError) -> StoreError:
    return StoreError(
        f"cannot keep what steps print in {folder}: {error.strerror}",
        hint="choose another home: --home DIR, or ORCH_HOME; or --no-capture",
    )


def _debug(frame: FrameType, *, header: str | None = None) -> None:
    import pdb  # noqa: PLC0415, T100  somebody debugs

    debugger = pdb.Pdb(nosigint=True)  # Ctrl-C goes on canceling the run
    if header is not None:
        debugger.message(header)
    debugger.set_trace(frame)
