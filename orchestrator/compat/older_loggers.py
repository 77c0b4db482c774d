"""Loggers for code that is given no context, and the form of their records."""

import json
import logging
from typing import Any

from orchestrator.definitions.loggers import LoggerDefinition
from orchestrator.execution.captured_logging import keep_record
from orchestrator.execution.console_loggers import colored_console_logger

_NAME = "dagster.builtin"


def get_dagster_logger(name: str | None = None) -> logging.Logger:
    """A logger whose records are kept with the run, as those of `context.log` are.

    Args:
        name: shown with each record.
    """
    logger = logging.getLogger(f"{_NAME}.{name}" if name else _NAME)
    if logger.level == logging.NOTSET:
        logger.setLevel(logging.DEBUG)
    logger.addFilter(keep_record)
    return logger


class JsonLogFormatter(logging.Formatter):
    """Writes a record as one JSON object."""

    def format(self, record: logging.LogRecord) -> str:
        """All that the record holds."""
        return json.dumps({**vars(record), "message": record.getMessage()}, default=str, ensure_ascii=False)


def default_system_loggers(_instance: Any = None) -> list[tuple[LoggerDefinition, dict[str, Any]]]:
    """The loggers of a run that names none, with their config."""
    return [(colored_console_logger, {"name": "dagster", "log_level": "DEBUG"})]
