"""Which loggers of the standard library are kept with a run: the setting `python_logs`."""

from msgspec import Struct

#: The levels, lowest first.
LEVELS = ("DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL")


class PythonLogs(Struct, frozen=True, kw_only=True):
    """What is kept of what code logs while steps run."""

    #: Names of loggers whose records, and those of the loggers below them, become events; `root` means all.
    managed_loggers: tuple[str, ...] = ()
    #: Records below this level are not kept, of `context.log` neither; None: the loggers' own levels decide.
    level: str | None = None
