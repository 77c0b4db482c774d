"""`context.log`: the standard library's logger, whose messages become events of the run."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from orchestrator.execution.captured_logging import record_to_event
from orchestrator.runs.events import LogWritten

if TYPE_CHECKING:
    import logging


def step_logger(run_id: str, step: str, emit: Callable[[LogWritten], None]) -> "logging.Logger":
    """A logger for one step. It belongs to no hierarchy, so that no configuration of user code can silence it.

    Args:
        run_id: the run.
        step: the step.
        emit: takes the events; called from the thread that logs.
    """
    import logging  # noqa: PLC0415  most steps never log

    logger = logging.Logger(f"orch.{step}", logging.DEBUG)  # noqa: LOG001  on purpose apart from the tree
    logger.addFilter(record_to_event(run_id, lambda: step, emit))
    return logger


def direct_logger() -> "logging.Logger":
    """The logger of functions that are called without a run; every message gets to the handlers of the program."""
    import logging  # noqa: PLC0415  most steps never log

    logger = logging.getLogger("orch")
    logger.setLevel(logging.DEBUG)
    return logger
