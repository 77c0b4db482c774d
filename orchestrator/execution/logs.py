"""`context.log`: a logger of the standard library whose messages become events of the run."""

import importlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from orchestrator.execution.captured_logging import record_to_event
from orchestrator.runs.events import LogWritten

if TYPE_CHECKING:
    import logging

    from orchestrator.execution.log_manager import LogManager

_MANAGER = "orchestrator.execution.log_manager"


def step_logger(
    run_id: str,
    step: str,
    emit: Callable[[LogWritten], None],
    pass_on: "Callable[[logging.LogRecord], None] | None" = None,
) -> "LogManager":
    """A logger for one step. It belongs to no hierarchy, so that no configuration of user code can silence it.

    Args:
        run_id: the run.
        step: the step.
        emit: takes the events; called from the thread that logs.
        pass_on: takes the records themselves too.
    """
    logger: LogManager = importlib.import_module(_MANAGER).LogManager(f"orch.{step}")  # most steps never log
    if pass_on is not None:
        logger.addFilter(_passing(pass_on))
    logger.addFilter(record_to_event(run_id, lambda: step, emit))
    return logger


def _passing(pass_on: "Callable[[logging.LogRecord], None]") -> "Callable[[logging.LogRecord], bool]":
    """A filter that lets every record go on."""

    def passes(record: "logging.LogRecord") -> bool:
        pass_on(record)
        return True

    return passes


def direct_logger() -> "LogManager":
    """The logger of functions that are called without a run; every message gets to the handlers of the program."""
    logger: LogManager = importlib.import_module(_MANAGER).LogManager("orch")
    logger.pass_to_program()
    return logger
