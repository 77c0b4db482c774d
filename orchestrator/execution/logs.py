"""`context.log`: the standard library's logger, whose messages become events of the run."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from orchestrator.runs.events import LogWritten

if TYPE_CHECKING:
    import logging


def step_logger(run_id: str, step: str, emit: Callable[[LogWritten], None]) -> "logging.Logger":
    """A logger for one step. It belongs to no hierarchy, so that no configuration of user code can silence it."""
    import logging  # noqa: PLC0415  most steps never log

    formatter = logging.Formatter()  # the message, and the traceback of `log.exception`

    def to_event(record: logging.LogRecord) -> bool:
        emit(
            LogWritten(
                run_id=run_id,
                timestamp=record.created,
                step=step,
                level=record.levelname.lower(),
                message=formatter.format(record),
            )
        )
        return False  # handled: no handler is asked

    logger = logging.Logger(f"orch.{step}", logging.DEBUG)  # noqa: LOG001  on purpose apart from the tree
    logger.addFilter(to_event)
    return logger


def direct_logger() -> "logging.Logger":
    """The logger of functions that are called without a run; every message gets to the handlers of the program."""
    import logging  # noqa: PLC0415  most steps never log

    logger = logging.getLogger("orch")
    logger.setLevel(logging.DEBUG)
    return logger
