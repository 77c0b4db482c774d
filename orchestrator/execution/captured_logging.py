"""Records of the standard library's `logging` as events of the run.

    context.log           execution/logs.py: always kept
    get_logger(name)      for code that is given no context: kept while a run is under way
    managed loggers       any others, named by the setting `python_logs`

`logging` is loaded only if somebody logs: a step that does not pays nothing.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import TYPE_CHECKING, Any

from orchestrator.runs.events import LogWritten
from orchestrator.workspace.python_logs import PythonLogs

if TYPE_CHECKING:
    import logging

_OURS = "orch.user"


class RunRecords:
    """Where records go while steps of a run are run by this process; from any thread.

    Args:
        run_id: the run.
        settings: which loggers to keep.
        emit: takes the events; it may be called from any thread.
    """

    def __init__(self, run_id: str, settings: PythonLogs, emit: Callable[[LogWritten], None]) -> None:
        self._run_id = run_id
        self._settings = settings
        self._emit = emit
        #: The step that runs.
        self.step: str | None = None
        #: Takes the records themselves too, each with the step.
        self.pass_on: Callable[[logging.LogRecord, str | None], None] | None = None
        self._previous: RunRecords | None = None
        self._undo: list[Callable[[], object]] = []
        self._level = 0
        self._to_event: Callable[[logging.LogRecord], bool] | None = None

    def begin(self) -> None:
        """Keep records from here on. A run within a run has its own."""
        global _current
        self._previous, _current = _current, self
        if self._settings.managed_loggers:
            self._manage()

    def end(self) -> None:
        """Leave every logger as it was."""
        global _current  # noqa: PLW0603  the loggers are the process's too
        _current = self._previous
        for undo in reversed(self._undo):
            undo()
        self._undo.clear()

    def keep(self, record: "logging.LogRecord") -> None:
        """Make a record an event."""
        if self._to_event is None:
            self._to_event = record_to_event(
                self._run_id, lambda: self.step, self._emit, level=self._settings.level, with_name=True
            )
        self._to_event(record)
        if self.pass_on is not None:
            self.pass_on(record, self.step)

    def _manage(self) -> None:
        import logging  # noqa: PLC0415

        handler = logging.Handler()
        handler.addFilter(self._keep_once)
        for name in self._settings.managed_loggers:
            logger = logging.getLogger(None if name == "root" else name)
            if self._settings.level is not None:
                self._undo.append(partial(logger.setLevel, logger.level))
                logger.setLevel(self._settings.level)
            logger.addHandler(handler)
            self._undo.append(partial(logger.removeHandler, handler))

    def _keep_once(self, record: "logging.LogRecord") -> bool:
        """A handler's filter that does the work of the handler; a record passes the handlers of several loggers."""
        if self is _current and getattr(record, _KEPT, None) is not self:
            setattr(record, _KEPT, self)
            self.keep(record)
        return False


_KEPT = "_orch_kept_by"
_current: RunRecords | None = None


def pass_on_to(handle: "Callable[[logging.LogRecord, str | None], None]") -> None:
    """Give what is kept with the run under way to somebody else too.

    Args:
        handle: takes each record and the step.
    """
    if _current is not None:
        _current.pass_on = handle


def get_logger(name: str | None = None) -> "logging.Logger":
    """A logger for code that is given no `context`, such as helpers and libraries of a code location.

    While steps run its records are kept with the run, as those of `context.log` are. At other times it is a logger of
    the standard library like any other.

    Args:
        name: shown with each record.
    """
    import logging  # noqa: PLC0415

    logger = logging.getLogger(f"{_OURS}.{name}" if name else _OURS)
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.DEBUG)
    logger.addFilter(keep_record)
    return logger


def keep_record(record: "logging.LogRecord") -> bool:
    """A logger's filter: keeps the record, and lets it go on to handlers that somebody has set up."""
    import logging  # noqa: PLC0415

    current = _current
    if current is None:
        return True
    setattr(record, _KEPT, current)
    current.keep(record)
    # without one, the standard library would print it once more
    return logging.getLogger(record.name).hasHandlers()


def record_to_event(
    run_id: str,
    step: Callable[[], str | None],
    emit: Callable[[LogWritten], None],
    *,
    level: str | None = None,
    with_name: bool = False,
) -> "Callable[[logging.LogRecord], bool]":
    """A filter that makes events of records and lets none of them go on.

    Args:
        run_id: the run.
        step: tells the step.
        emit: takes the events.
        level: leave out records below it.
        with_name: note the name of the logger.
    """
    import logging  # noqa: PLC0415

    formatter = logging.Formatter()  # the message, and the traceback of `log.exception`
    lowest = logging.NOTSET if level is None else logging.getLevelNamesMapping()[level]
    plain = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", _KEPT}

    def to_event(record: logging.LogRecord) -> bool:
        if record.levelno >= lowest:
            emit(
                LogWritten(
                    run_id=run_id,
                    timestamp=record.created,
                    step=step(),
                    level=record.levelname.lower(),
                    message=_text(formatter, record),
                    logger=_shown_name(record.name) if with_name else "",
                    extra=_extra(record, plain),
                )
            )
        return False

    return to_event


def _text(formatter: "logging.Formatter", record: "logging.LogRecord") -> str:
    try:
        return formatter.format(record)
    except Exception as error:  # noqa: BLE001  a message that does not fit its arguments must not end the step
        return f"{record.msg} % {record.args!r} ({type(error).__name__}: {error})"


def _shown_name(name: str) -> str:
    return name.removeprefix(_OURS).removeprefix(".")


def _extra(record: "logging.LogRecord", plain: frozenset[str]) -> Mapping[str, Any]:
    """What was given as `extra=`: plain values as they are, others as their text."""
    return {
        name: value if isinstance(value, str | int | float | bool | None) else repr(value)
        for name, value in vars(record).items()
        if name not in plain
    }
