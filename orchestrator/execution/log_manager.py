"""The class of `context.log`."""

import logging
from typing import Any

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import DefinitionError


class LogManager(logging.Logger):
    """A logger of the standard library that takes the names of levels too, and belongs to no tree of loggers.

    Args:
        name: of the logger.
    """

    def __init__(self, name: str) -> None:
        super().__init__(name, logging.DEBUG)

    def log(self, level: int | str, msg: object, *args: Any, **kwargs: Any) -> None:
        """Log a message at a level, which may be a name: `context.log.log("INFO", ...)`.

        Raises:
            DefinitionError: there is no such level.
        """
        if isinstance(level, str):
            known = logging.getLevelNamesMapping()
            if level.upper() not in known:
                raise DefinitionError(f"`{level}` is no log level", hint=did_you_mean(level.upper(), known))
            level = known[level.upper()]
        # the caller is one frame further up than the standard library thinks
        super().log(level, msg, *args, **{**kwargs, "stacklevel": kwargs.get("stacklevel", 1) + 1})

    def warn(self, msg: object, *args: Any, **kwargs: Any) -> None:
        """The older name of `warning`."""
        super().warning(msg, *args, **{**kwargs, "stacklevel": kwargs.get("stacklevel", 1) + 1})

    def pass_to_program(self) -> None:
        """Let records go on to the handlers that the program has set up."""
        self.parent = logging.getLogger("orch")
