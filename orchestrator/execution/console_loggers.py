"""Loggers that write the messages of a run to standard error."""

import json
import logging
import os
import sys
from typing import Any

from orchestrator.definitions.config_types import Field
from orchestrator.definitions.loggers import InitLoggerContext, LoggerDefinition
from orchestrator.errors import DefinitionError

_LEVELS = {"CRITICAL", "FATAL", "ERROR", "WARNING", "WARN", "INFO", "DEBUG"}
_COLORS = {"DEBUG": "32", "INFO": "34", "WARNING": "33", "ERROR": "31", "CRITICAL": "1;31"}
_SCHEMA = {
    "log_level": Field(str, default_value="INFO", description="Messages below this level are not written."),
    "name": Field(str, default_value="orchestrator", description="What the lines say is their source."),
}
#: What every record has; anything else was given with `extra=`.
_COMMON = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime"}


class _StandardErrorHandler(logging.StreamHandler[Any]):
    """Writes to whatever standard error is when a message comes, as tests replace it."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> Any:
        """Standard error."""
        return sys.stderr


class _ColoredFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s - %(name)s - %(levelname)s - %(message)s", "%Y-%m-%d %H:%M:%S %z")

    def format(self, record: logging.LogRecord) -> str:
        text = super().format(record)
        color = _COLORS.get(record.levelname)
        if color is None or os.environ.get("NO_COLOR") or not sys.stderr.isatty():
            return text
        return f"\x1b[{color}m{text}\x1b[0m"


class JsonLogFormatter(logging.Formatter):
    """Writes a record as one line of JSON, under the names the standard library gives its parts."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        entry: dict[str, object] = {
            "created": record.created,
            "levelname": record.levelname,
            "name": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info:
            entry["exc_text"] = self.formatException(record.exc_info)
        entry |= {name: value for name, value in vars(record).items() if name not in _COMMON}
        return json.dumps(entry, default=str, ensure_ascii=False)


def _console(context: InitLoggerContext, formatter: logging.Formatter) -> logging.Logger:
    config = context.logger_config
    level = config["log_level"].upper()
    if level not in _LEVELS:
        raise DefinitionError(f"`{level}` is no log level", hint=f"one of {', '.join(sorted(_LEVELS))}")
    made = logging.Logger(config["name"], level)  # noqa: LOG001  apart from the tree of user code
    handler = _StandardErrorHandler()
    handler.setFormatter(formatter)
    made.addHandler(handler)
    return made


colored_console_logger = LoggerDefinition(
    lambda context: _console(context, _ColoredFormatter()), _SCHEMA, "Writes lines to standard error, in colour."
)
json_console_logger = LoggerDefinition(
    lambda context: _console(context, JsonLogFormatter()), _SCHEMA, "Writes JSON lines to standard error."
)


def default_loggers() -> dict[str, LoggerDefinition]:
    """The loggers a job may configure if it says nothing about loggers."""
    return {"console": colored_console_logger}
