"""What a person may say about a run: the same options for every command that runs something."""

import inspect
from collections.abc import Callable, Sequence
from typing import Any

import msgspec

from orchestrator.workspace.config_file import GivenConfig

from . import options
from .run_config import given_config
from .session import Session


class RunOptions(msgspec.Struct, frozen=True, kw_only=True):
    """What the user said about a run."""

    tag: Sequence[str]
    dry_run: bool
    fail_fast: bool
    format: options.RunFormat | None
    capture: bool = True
    executor: str | None = None
    max_workers: int | None = None
    dask_address: str | None = None
    isolate_steps: bool = False
    config: GivenConfig = msgspec.field(default_factory=GivenConfig)
    #: Of a run that was requested before it is begun.
    run_id: str | None = None


_OPTIONS: dict[str, tuple[Any, Any]] = {
    "executor": (options.ExecutorOption, None),
    "max_workers": (options.MaxWorkers, None),
    "dask_address": (options.DaskAddress, None),
    "isolate_steps": (options.IsolateSteps, False),
    "tag": (options.Tag, None),
    "config": (options.ConfigFile, None),
    "config_json": (options.ConfigJson, None),
    "set_config": (options.SetConfig, None),
    "dry_run": (options.DryRun, False),
    "fail_fast": (options.FailFast, False),
    "no_capture": (options.NoCapture, False),
    "format": (options.RunFormatOption, None),
}


def with_run_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Give a command the options of a run; its parameter `options` gets the `RunOptions` they make.

    It goes below `with_session`, whose `Session` is the command's first parameter.
    """
    own = [one for name, one in inspect.signature(command).parameters.items() if name != "options"]

    def call(session: Session, **given: Any) -> Any:
        said = {name: given.pop(name) for name in _OPTIONS}
        config = given_config(said.pop("config"), said.pop("config_json"), said.pop("set_config"))
        capture = not said.pop("no_capture")
        tag = said.pop("tag") or ()
        return command(session, **given, options=RunOptions(tag=tag, config=config, capture=capture, **said))

    keyword = inspect.Parameter.KEYWORD_ONLY
    added = [
        inspect.Parameter(name, keyword, annotation=annotation, default=default)
        for name, (annotation, default) in _OPTIONS.items()
    ]
    call.__signature__ = inspect.Signature([*own, *added])  # type: ignore[attr-defined]
    call.__doc__ = command.__doc__
    call.__name__ = command.__name__
    return call
