"""The loggers that a run's config names: they get what steps log, and the events of steps as sentences.

    run config `loggers: {name: {config: ...}}` -> LoggerDefinition -> a logger of the standard library, per process

A record goes to each logger under the logger's own name; its text says job, run and step first.
"""

import logging
import os
from collections.abc import Callable, Mapping
from copy import copy
from typing import Any

from orchestrator.definitions.env import secrets
from orchestrator.definitions.loggers import InitLoggerContext, LoggerDefinition
from orchestrator.errors import ConfigError, UserCodeError
from orchestrator.runs.event_log import level_of
from orchestrator.runs.event_view import EventView
from orchestrator.runs.events import Event, LogsCaptured, LogWritten, StepFailed
from orchestrator.runs.records import EPHEMERAL_JOB

Emit = Callable[[Event], None]


class RunLoggers:
    """The loggers of one run in one process.

    Args:
        definitions: every logger that config may name.
        config: the resolved config of those it names.
        run_id: the run.
        job: what runs; told to the loggers, and its name to everybody.

    Raises:
        UserCodeError: the function of a logger raised, or made none; the cause is what it raised.
    """

    def __init__(
        self, definitions: Mapping[str, LoggerDefinition], config: Mapping[str, Any], run_id: str, job: Any
    ) -> None:
        self._run_id = run_id
        self._job_name: str = getattr(job, "name", EPHEMERAL_JOB)
        self._loggers = [
            _made(name, definitions[name], InitLoggerContext(one, definitions[name], job, run_id))
            for name, one in config.items()
        ]

    def handle(self, record: logging.LogRecord, step: str | None) -> None:
        """Pass on what a step logged."""
        self._pass_on(record, _text(record), step)

    def watching(self, emit: Emit) -> Emit:
        """What takes the events of a step, and passes them on."""

        def emit_and_tell(event: Event) -> None:
            emit(event)
            if not isinstance(event, LogWritten | LogsCaptured):
                self._tell(event)

        return emit_and_tell

    def _tell(self, event: Event) -> None:
        view = EventView(event, self._job_name)
        message = view.message or ""
        if isinstance(event, StepFailed):
            message = f"{message}\n\n{event.error.traceback or event.error.message}"
        name, level = view.event_type.name, level_of(event)
        record = logging.LogRecord("orch", level, "", 0, message, (), None)
        self._pass_on(record, message, view.step_key, f"{os.getpid()} - ", f"{name} - ")

    def _pass_on(
        self, record: logging.LogRecord, message: str, step: str | None, before_step: str = "", after_step: str = ""
    ) -> None:
        shown_step = f"{step} - " if step else ""
        text = f"{self._job_name} - {self._run_id} - {before_step}{shown_step}{after_step}{message}"
        for logger in self._loggers:
            if not logger.isEnabledFor(record.levelno):
                continue
            own = copy(record)
            own.name, own.msg, own.args = logger.name, secrets.redact(text), ()
            own.dagster_meta = {
                "run_id": self._run_id,
                "job_name": self._job_name,
                "step_key": step,
                "orig_message": secrets.redact(message),
            }
            logger.handle(own)


def _made(name: str, definition: LoggerDefinition, context: InitLoggerContext) -> logging.Logger:
    try:
        made: object = definition.make(context)
    except ConfigError:
        raise
    except Exception as error:
        raise UserCodeError(f"logger `{name}` raised {type(error).__name__} while it was made: {error}") from error
    if isinstance(made, logging.LoggerAdapter):
        made = made.logger
    if not isinstance(made, logging.Logger):
        raise UserCodeError(f"logger `{name}` made a {type(made).__name__}", hint="return a logging.Logger")
    return made


def _text(record: logging.LogRecord) -> str:
    try:
        return record.getMessage()
    except Exception:  # noqa: BLE001  the run's own record of it says what is wrong
        return str(record.msg)
