"""Where values lie: a path that no other value has, and how to write there so that a file is always whole."""

import os
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.env import EnvVar
from orchestrator.definitions.io_contexts import InputContext, OutputContext
from orchestrator.errors import ExecutionError, StoredValueError

#: Values that belong to no asset lie in this folder; no part of an asset key starts with a dot.
_RUNS = ".runs"


def parts_of(context: InputContext | OutputContext) -> list[str]:
    """Where a value belongs: parts of a path that no other value has."""
    if context.has_asset_key:
        return context.asset_key.path
    return context.get_identifier() if spoken().bare_file_names else [_RUNS, *context.get_identifier()]


def beside(parts: list[str], suffix: str | None) -> list[str]:
    """The parts, with folders renamed that could be the file of another value: `a.txt/b` becomes `a.txt_/b`."""
    if not suffix or len(parts) == 1:
        return parts
    endings = (suffix, suffix + "_")
    return [*(part + "_" if part.endswith(endings) else part for part in parts[:-1]), parts[-1]]


def name_of(context: InputContext | OutputContext) -> str:
    """The value's name in a message: the asset, or the step and its output."""
    return context.asset_key.to_user_string() if context.has_asset_key else ".".join(context.get_identifier()[1:])


def nothing_stored(context: InputContext, place: str) -> StoredValueError:
    """The error that says that there is no value in its place."""
    name = name_of(context)
    if not context.has_asset_key:
        return StoredValueError(f"nothing is stored for `{name}` in {place}", hint="run its step again")
    return StoredValueError(
        f"nothing is stored for `{name}` in {place}",
        hint=f"materialize `{name}` first; or, if it stores no value, wait for it with deps=[{name!r}]",
    )


def read(given: str) -> str:
    """What a user gave as a place, with an environment variable read.

    Raises:
        ExecutionError: the variable is not set.
    """
    if not isinstance(given, EnvVar):
        return given
    value = given.get_value()
    if value is None:
        raise ExecutionError(f"the environment variable `{given.env_var_name}` is not set")
    return value


def temporary_name() -> str:
    """A name that no other writer uses now: threads differ by their id, processes of several machines by host and id."""
    return f".tmp-{_host()}-{os.getpid()}-{threading.get_ident()}"


@cache
def _host() -> str:
    return os.uname().nodename[:64]


@contextmanager
def written_whole(path: Path) -> Iterator[Any]:
    """A path of the same name to write a file or folder to, which takes the place of `path` when all is written."""
    workshop = path.parent / temporary_name()
    workshop.mkdir(parents=True, exist_ok=True)
    try:
        yield workshop / path.name
        for made in sorted(workshop.iterdir()):
            _put(made, path.parent / made.name, workshop)
    finally:
        shutil.rmtree(workshop, ignore_errors=True)


def _put(made: Path, target: Path, workshop: Path) -> None:
    if target.is_dir() and not target.is_symlink():  # no system call replaces a folder by another
        target.rename(workshop / temporary_name())
    made.replace(target)
