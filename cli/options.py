"""Options that many commands share, each declared once."""

from enum import StrEnum
from typing import Annotated

import typer

from . import completion


class ListFormat(StrEnum):
    """How a listing is written."""

    TABLE = "table"
    JSON = "json"
    NAMES = "names"


class RunFormat(StrEnum):
    """How a run is shown."""

    RICH = "rich"
    PLAIN = "plain"
    JSON = "json"


class ShowFormat(StrEnum):
    """How one thing is shown."""

    TEXT = "text"
    JSON = "json"


class LogFormat(StrEnum):
    """How the log of a run is written."""

    TEXT = "text"
    JSON = "json"


class Color(StrEnum):
    """Whether output is coloured."""

    AUTO = "auto"
    ALWAYS = "always"
    NEVER = "never"


# These three name what a command is about, together: one flag replaces all three of the environment (`Session` reads it).
Module = Annotated[
    list[str] | None,
    typer.Option("--module", "-m", metavar="NAME", help="Module with definitions. Repeatable.  [env var: ORCH_MODULE]"),
]
File = Annotated[
    list[str] | None,
    typer.Option(
        "--file", "-f", metavar="FILE", help="Python file with definitions. Repeatable.  [env var: ORCH_FILE]"
    ),
]
Workspace = Annotated[
    list[str] | None,
    typer.Option("--workspace", "-w", metavar="FILE", help="A workspace.yaml. Repeatable.  [env var: ORCH_WORKSPACE]"),
]
WorkingDirectory = Annotated[
    str | None,
    typer.Option(
        "--working-directory",
        "-d",
        envvar="ORCH_WORKING_DIRECTORY",
        metavar="DIR",
        help="Where -m and -f look for modules.",
    ),
]
Attribute = Annotated[
    str | None,
    typer.Option(
        "--attribute", "-a", envvar="ORCH_ATTRIBUTE", metavar="NAME", help="The Definitions in -m and -f to use."
    ),
]
Alias = Annotated[
    str | None,
    typer.Option("--alias", envvar="ORCH_ALIAS", metavar="NAME", help="Serve imports of this package: dagster."),
]
Home = Annotated[
    str | None,
    typer.Option("--home", envvar="ORCH_HOME", metavar="DIR", help="Records and values. [default: .orch]"),
]
Quiet = Annotated[
    int,
    typer.Option(
        "--quiet", "-q", count=True, envvar="ORCH_QUIET", help="Only failures; twice: of a run only its exit code."
    ),
]
Verbose = Annotated[
    int,
    typer.Option("--verbose", "-v", count=True, envvar="ORCH_VERBOSE", help="Logs of user code; twice: everything."),
]


class LogLevel(StrEnum):
    """How grave a message of user code is."""

    DEBUG = "debug"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"
    CRITICAL = "critical"


def levels_from(level: LogLevel) -> frozenset[str]:
    """A level and those that are graver."""
    levels = list(LogLevel)
    return frozenset(levels[levels.index(level) :])


LogLevelOption = Annotated[
    LogLevel | None,
    typer.Option("--log-level", envvar="ORCH_LOG_LEVEL", help="Logs of user code from this level on."),
]
Utc = Annotated[bool, typer.Option("--utc", envvar="ORCH_UTC", help="Times in UTC, not local ones.")]
ColorOption = Annotated[Color, typer.Option("--color", envvar="ORCH_COLOR", help="Colour, if a terminal shows it.")]
Json = Annotated[bool, typer.Option("--json", envvar="ORCH_JSON", help="The same as --format json.")]

Format = Annotated[ListFormat, typer.Option("--format", help="How to write the list.")]
RunFormatOption = Annotated[
    RunFormat | None, typer.Option("--format", help="How to show the run. [default: rich on a terminal, else plain]")
]
ShowFormatOption = Annotated[ShowFormat, typer.Option("--format", help="How to show it.")]
Select = Annotated[
    list[str] | None,
    typer.Option(
        "--select",
        "-s",
        metavar="SEL",
        help="Which assets (orch help selection). Repeatable; '-' reads stdin, '@FILE' a file.",
        autocompletion=completion.assets,
    ),
]
Exclude = Annotated[
    list[str] | None,
    typer.Option("--exclude", metavar="SEL", help="Leave these out. Repeatable.", autocompletion=completion.assets),
]
Tag = Annotated[list[str] | None, typer.Option("--tag", metavar="K=V", help="Put on the run. Repeatable.")]
ConfigFile = Annotated[
    list[str] | None,
    typer.Option("--config", "-c", metavar="FILE", help="Run config, YAML or JSON. Repeatable; later wins."),
]
ConfigJson = Annotated[str | None, typer.Option("--config-json", metavar="JSON", help="Run config as JSON.")]
SetConfig = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="PATH=VALUE", help="One setting of the run config: ops.x.config.y=3. Repeatable."),
]
DryRun = Annotated[bool, typer.Option("--dry-run", envvar="ORCH_DRY_RUN", help="Show the plan; run nothing.")]
FailFast = Annotated[
    bool, typer.Option("--fail-fast", envvar="ORCH_FAIL_FAST", help="Start nothing more after the first failure.")
]
NoCapture = Annotated[
    bool,
    typer.Option(
        "--no-capture",
        envvar="ORCH_NO_CAPTURE",
        help="Let what steps print go to the terminal instead of the run's logs.",
    ),
]
AllowEmpty = Annotated[
    bool, typer.Option("--allow-empty", envvar="ORCH_ALLOW_EMPTY", help="A selection that matches nothing is no error.")
]


class Executor(StrEnum):
    """What runs the steps."""

    IN_PROCESS = "in_process"
    MULTIPROCESS = "multiprocess"
    DASK = "dask"


ExecutorOption = Annotated[
    Executor | None, typer.Option("--executor", envvar="ORCH_EXECUTOR", help="What runs the steps.")
]
MaxWorkers = Annotated[
    int | None,
    typer.Option(
        "--max-workers",
        "-j",
        envvar="ORCH_MAX_WORKERS",
        min=1,
        metavar="N",
        help="Steps that run at once; more than 1 means multiprocess, unless --executor says otherwise.",
    ),
]
DaskAddress = Annotated[
    str | None,
    typer.Option(
        "--dask-address",
        envvar="ORCH_DASK_ADDRESS",
        metavar="ADDRESS",
        help="The scheduler of the Dask cluster that runs the steps, as tcp://HOST:8786.",
    ),
]
IsolateSteps = Annotated[
    bool, typer.Option("--isolate-steps", envvar="ORCH_ISOLATE_STEPS", help="A process of its own for each step.")
]
