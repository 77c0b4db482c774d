"""The command `orch`. A command's module is imported only when it is used: start-up time is a feature."""

import gc
import importlib
import itertools
import os
import sys
from typing import Any

import typer
from typer.core import TyperGroup

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import OrchestratorError, UsageError

from . import failure

#: Command -> its module in `commands`, and its line in the help.
COMMANDS = {
    "list-assets": ("list_assets", "List the assets of all code locations."),
    "list-jobs": ("list_jobs", "List the jobs."),
    "list-locations": (
        "list_locations",
        "List the code locations: where each is, what it holds, and why one cannot be loaded.",
    ),
    "list-schedules": (
        "list_schedules",
        "List the schedules: whether each runs, when, and what came of its last tick.",
    ),
    "list-sensors": ("list_sensors", "List the sensors: whether each runs, how often, and what came of its last tick."),
    "show": ("show", "Show all that is known of an asset."),
    "lineage": ("lineage", "Draw what depends on what."),
    "materialize": ("materialize", "Run assets."),
    "run": ("run", "Run a job."),
    "tick": ("tick", "Evaluate the schedules and sensors that are due, once, and run what they request."),
    "daemon": ("daemon", "Evaluate schedules and sensors and run what they request, until it is stopped."),
    "schedules": ("schedules", "Try a schedule, start or stop it, see its ticks."),
    "sensors": ("sensors", "Try a sensor, start or stop it, see its ticks."),
    "run-request": ("run_request", "Run what a schedule or sensor requested, unless another process does or did."),
    "retry": ("retry", "Go on with a run that failed, was canceled or was killed; or run parts of a run again."),
    "config": ("config", "Write a run config to start from, or check one."),
    "check": ("check", "Validate every definition of every code location without running anything."),
    "runs": ("runs", "List runs, show one, read its logs."),
    "wipe": ("wipe", "Forget that assets were materialized and remove the values that orch keeps for them."),
    "home": ("home", "See what the home holds, remove old runs, bring it to the newest format."),
    "init": ("init", "Start a new project."),
    "help": ("help_topics", "Explain exit codes, selections, the environment."),
}


class LazyGroup(TyperGroup):
    """Lists commands from the table above and imports only the one that is called."""

    def list_commands(self, ctx: Any) -> list[str]:  # noqa: ARG002  the signature of the base class
        """The names of all commands."""
        return list(COMMANDS)

    def get_command(self, ctx: Any, cmd_name: str) -> Any:  # noqa: ARG002
        """The command with this name, or None."""
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f".commands.{COMMANDS[cmd_name][0]}", __package__)
        command = typer.main.get_command(module.app)
        command.name = cmd_name
        return command

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """The command that was called; an unknown one is an error that offers the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            raise UsageError(
                f"there is no command `{args[0]}`", hint=did_you_mean(args[0], COMMANDS) or "see: orch --help"
            )
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: Any, formatter: Any) -> None:  # noqa: ARG002
        """Write the list of commands."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, line) for name, (_, line) in COMMANDS.items()])


app = typer.Typer(
    name="orch",
    cls=LazyGroup,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Example: orch materialize --select '+top_cakes'. Exit codes: orch help exit-codes",
)


def _print_version(value: bool) -> None:
    if value:
        import orchestrator  # noqa: PLC0415  for its version alone

        typer.echo(f"orch {orchestrator.__version__}")
        raise typer.Exit


@app.callback()
def _orch(
    version: bool = typer.Option(  # noqa: ARG001  its callback does it
        False, "--version", callback=_print_version, is_eager=True, help="Show the version."
    ),
    alias: str | None = typer.Option(
        None, "--alias", metavar="NAME", help="Serve imports of this package in code locations: dagster."
    ),
) -> None:
    """Orchestrate data assets: list them, draw their lineage, materialize what you select."""
    if alias is not None:
        os.environ["ORCH_ALIAS"] = alias  # where the command that follows looks if it is not given there


def main() -> None:
    """Run the command line; the one place where exceptions become exit codes."""
    gc.disable()  # what a command loads stays to its end; `running` turns it on again for steps
    code = _run(sys.argv[1:])
    gc.freeze()  # thousands of definitions that end with the process need not be looked through once more
    sys.exit(code)


def _run(arguments: list[str]) -> int:
    try:
        result = typer.main.get_command(app).main(arguments, prog_name="orch", standalone_mode=False)
    except OrchestratorError as error:
        failure.report(error, json=_asks_for_json(arguments))
        return failure.exit_code(error)
    except KeyboardInterrupt:
        return failure.ExitCode.INTERRUPTED
    except Exception as error:  # noqa: BLE001  the last resort of the process
        if hasattr(error, "show") and hasattr(error, "exit_code"):  # a usage error of the option parser
            return _report_parser_error(error, json=_asks_for_json(arguments))
        if type(error).__name__ == "Abort":
            return failure.ExitCode.INTERRUPTED
        failure.report_bug(error)
        return failure.ExitCode.BROKEN
    return int(result) if isinstance(result, int) else failure.ExitCode.OK


def _report_parser_error(error: Any, *, json: bool) -> int:
    """Say what the option parser found wrong as every other error is said."""
    context = getattr(error, "ctx", None)
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
        return int(error.exit_code)
    hint = f"see: {'orch' if context is None else context.command_path} --help"
    if context is not None and hasattr(error, "possibilities"):
        name = error.option_name
        options = [option for one in context.command.get_params(context) for option in one.opts]
        usage = UsageError(f"there is no option `{name}`", hint=did_you_mean(name, options) or hint)
    else:
        text = error.format_message().rstrip(".")
        usage = UsageError(text[:1].lower() + text[1:], hint=hint)
    failure.report(usage, json=json)
    return failure.exit_code(usage)


#: What the option parser takes for true in the environment.
_TRUE = ("1", "true", "t", "yes", "y", "on")


def _asks_for_json(arguments: list[str]) -> bool:
    return (
        os.environ.get("ORCH_JSON", "").lower() in _TRUE
        or "--json" in arguments
        or "--format=json" in arguments
        or ("--format", "json") in itertools.pairwise(arguments)
    )


if __name__ == "__main__":
    main()
