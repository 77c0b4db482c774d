"""What a command works with: settings, workspace, instance and output, from the options all commands share."""

import inspect
import os
import shlex
import sys
from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any, Self

import typer

from orchestrator.errors import DefinitionError, LoadError, NoTargetError, OrchestratorError, SelectionError, UsageError
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.selection import AssetSelection, SelectionFacts, SelectionScope, job_keys, read_selection
from orchestrator.graph.snapshot import JobSnapshot, LoadFailure
from orchestrator.instance import STORE_VARIABLE, Instance
from orchestrator.runs.text import encode_json
from orchestrator.workspace.settings import Target, WorkspaceSettings, find_locations
from orchestrator.workspace.workspace import Workspace, open_workspace

from . import completion, failure, options
from .output import Output
from .times import show_utc


class Session:
    """One call of a command."""

    def __init__(  # noqa: PLR0913  one parameter per shared option
        self,
        *,
        module: Sequence[str],
        file: Sequence[str],
        workspace: Sequence[str],
        working_directory: str | None,
        attribute: str | None,
        alias: str | None,
        home: str | None,
        quiet: int,
        verbose: int,
        log_level: options.LogLevel | None,
        utc: bool,
        color: options.Color,
        json: bool,
    ) -> None:
        self.output = Output(color, json=json)
        self.quiet = quiet
        self.verbose = verbose
        self.log_level = log_level
        if utc:
            show_utc()
        self.json = json
        self._home = home
        if not (module or file or workspace):
            module, file, workspace = map(_from_environment, ("ORCH_MODULE", "ORCH_FILE", "ORCH_WORKSPACE"))
        self._target = Target(
            workspaces=tuple(workspace),
            modules=tuple(module),
            files=tuple(file),
            attribute=attribute,
            working_directory=working_directory,
            alias=alias,
        )
        self._closers: list[Callable[[], None]] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: object, *_: object) -> None:
        for close in reversed(self._closers):
            close()
        if kind is None:
            self.output.flush()
            if "workspace" in vars(self) and not self.workspace.failures:
                completion.remember(self.home, self.workspace.graph)

    @cached_property
    def settings(self) -> WorkspaceSettings:
        """Where the code locations are."""
        return find_locations(self._target, Path.cwd())

    @cached_property
    def home(self) -> Path:
        """The folder for records and values."""
        if self._home:
            return Path(self._home).absolute()
        return Path(self.settings.home or Path(self.settings.base_directory) / ".orch")

    @cached_property
    def store(self) -> str | None:
        """The address of the event store, with names of variables; None if it is in the home."""
        return os.environ.get(STORE_VARIABLE) or self._store_of_settings()

    def _tell_workers(self) -> None:
        """Put the address of the store where workers look, for the instance of their steps."""
        if self.store is not None:
            os.environ[STORE_VARIABLE] = self.store

    def _store_of_settings(self) -> str | None:
        try:
            return self.settings.store
        except NoTargetError:  # a home may be looked at from anywhere
            if not self._home:
                raise
            return None

    @cached_property
    def workspace(self) -> Workspace:
        """The loaded code locations."""
        self._tell_workers()
        workspace = open_workspace(self.settings)
        self._closers.append(workspace.close)
        return workspace

    @cached_property
    def instance(self) -> Instance:
        """The records; made if there are none."""
        instance = Instance.open(self.home, self.store)
        instance.pool_limits = self.settings.pools
        self._closers.append(instance.close)
        return instance

    @cached_property
    def existing_instance(self) -> Instance | None:
        """The records, if there are any."""
        instance = Instance.existing(self.home, self.store)
        if instance is not None:
            self._closers.append(instance.close)
        return instance

    @cached_property
    def graph(self) -> AssetGraph:
        """The sound graph of the workspace.

        Raises:
            DefinitionError: it has problems.
            LoadError: no code location could be loaded.
        """
        self.tell_failures()
        if self.workspace.failures and not self.workspace.locations:
            raise typer.Exit(failure.ExitCode.INVALID)
        graph = self.workspace.graph
        graph.check()
        return graph

    def tell_failures(self) -> None:
        """Say which code locations could not be loaded, each once."""
        for one in self.workspace.failures:
            self.tell_failure(one)

    def tell_failure(self, one: LoadFailure) -> None:
        """Say why a code location could not be loaded."""
        if self.json:
            self.output.talk(encode_json(failure.failure_json(one)))
        else:
            self.output.talk(failure.render_failure(one))

    def select(self, select: Sequence[str], exclude: Sequence[str] = ()) -> set[str]:
        """The keys that `--select` and `--exclude` name; all computed assets without `--select`.

        Raises:
            SelectionError: a selection cannot be read or names something unknown.
            LoadError: what it names may be in a code location that could not be loaded.
        """
        chosen = self.selection(select)
        if exclude:
            chosen -= self.selection(exclude)
        try:
            return chosen.evaluate(self.scope)
        except SelectionError as error:
            if not self.workspace.failures:
                raise
            names = ", ".join(f"`{one.name}`" for one in self.workspace.failures)
            raise LoadError(
                f"{error.message}; it may be in {names}, which cannot be loaded", hint="mend that code location first"
            ) from None

    def no_match(self, selection: str) -> SelectionError:
        """The error that a selection matches nothing."""
        hint = f"see what there is: {self.command('list-assets')}; or --allow-empty"
        return SelectionError(f"`{selection}` matches no asset", hint=hint)

    def selection(self, select: Sequence[str]) -> AssetSelection:
        """The selection that several `--select` make: their union."""
        return read_selection(self.selection_text(select))

    def selection_text(self, select: Sequence[str]) -> str:
        """The text of several `--select`: joined by commas; `-` and `@FILE` are read."""
        return ", ".join(self._read(text) for text in select) if select else "*"

    def _read(self, text: str) -> str:
        if text == "-":
            given = self._stdin
        elif text.startswith("@"):
            try:
                given = Path(text[1:]).read_text()
            except OSError as error:
                raise UsageError(f"cannot read the selection from {text[1:]}: {error.strerror}") from None
        else:
            return text
        return ", ".join(line.strip() for line in given.splitlines() if line.strip())

    @cached_property
    def _stdin(self) -> str:
        """All of stdin, which can be read once."""
        return sys.stdin.read()

    @property
    def scope(self) -> SelectionScope:
        """What selections are evaluated against."""
        return SelectionScope(self.graph, facts=self._facts)

    def _facts(self) -> SelectionFacts:
        instance = self.existing_instance
        if instance is None:
            return SelectionFacts((), ())
        return SelectionFacts(instance.store.materializations().keys(), instance.store.failed_assets().keys())

    def job_keys(self, location: str, job: JobSnapshot) -> set[str]:
        """The assets of a job.

        Raises:
            LoadError: what it selects may be in a code location that could not be loaded.
            DefinitionError: it selects what does not exist; names all of it.
        """
        try:
            return job_keys(self.scope, location, job)
        except SelectionError as error:
            kind = LoadError if self.workspace.failures else DefinitionError
            raise kind(f"job `{job.name}`: {error.message}", hint=error.hint, sources=(job.source,)) from None

    def job_keys_or_none(self, location: str, job: JobSnapshot, *, tell: bool = False) -> set[str] | None:
        """The assets of a job; None, and if wished the reason on stderr, if it selects what does not exist."""
        try:
            return self.job_keys(location, job)
        except OrchestratorError as error:
            if tell:
                failure.report(error, json=self.json)
            return None

    def command(self, *words: str) -> str:
        """A command to copy, with the location flags this one was given."""
        return shlex.join(["orch", *self.words(*words)])

    def words(self, *words: str) -> list[str]:
        """The words of a command, with the location flags this one was given."""
        flags: list[str] = []
        for flag, values in (("-w", self._target.workspaces), ("-f", self._target.files), ("-m", self._target.modules)):
            flags += [word for value in values for word in (flag, value)]
        for flag, value in (
            ("-a", self._target.attribute),
            ("-d", self._target.working_directory),
            ("--alias", self._target.alias),
            ("--home", self._home),
        ):
            flags += [flag, value] if value else []
        return [*words, *flags]


def _from_environment(name: str) -> list[str]:
    """The values of a variable that holds several, separated as in PATH."""
    return [value for value in os.environ.get(name, "").split(os.pathsep) if value]


_SHARED: dict[str, tuple[Any, Any]] = {
    "module": (options.Module, None),
    "file": (options.File, None),
    "workspace": (options.Workspace, None),
    "working_directory": (options.WorkingDirectory, None),
    "attribute": (options.Attribute, None),
    "alias": (options.Alias, None),
    "home": (options.Home, None),
    "quiet": (options.Quiet, 0),
    "verbose": (options.Verbose, 0),
    "log_level": (options.LogLevelOption, None),
    "utc": (options.Utc, False),
    "color": (options.ColorOption, options.Color.AUTO),
    "json": (options.Json, False),
}


def with_session(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the shared options; its first parameter gets the `Session` they make.

    A parameter `format` of the command becomes `json` where `--json` is given.
    """
    own = list(inspect.signature(command).parameters.values())[1:]

    def call(**given: Any) -> Any:
        shared = {name: given.pop(name) for name in _SHARED}
        for name in ("module", "file", "workspace"):
            shared[name] = shared[name] or ()
        chosen = given.get("format")
        if shared["json"] and "format" in given:
            kind = next(one.annotation for one in own if one.name == "format").__args__[0]
            formats = kind if hasattr(kind, "JSON") else next(k for k in kind.__args__ if hasattr(k, "JSON"))
            given["format"] = formats.JSON
        shared["json"] = shared["json"] or str(chosen) == "json"
        with Session(**shared) as session:
            return command(session, **given)

    keyword = inspect.Parameter.KEYWORD_ONLY
    shared = [
        inspect.Parameter(name, keyword, annotation=annotation, default=default)
        for name, (annotation, default) in _SHARED.items()
    ]
    parameters = [*(one.replace(kind=keyword) for one in own), *shared]
    call.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
    call.__annotations__ = {one.name: one.annotation for one in parameters}
    call.__doc__ = command.__doc__
    call.__name__ = command.__name__
    return call


def new_app() -> typer.Typer:
    """An app for the commands of one module."""
    return typer.Typer(
        rich_markup_mode=None,
        add_completion=False,
        pretty_exceptions_enable=False,
        context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    )
