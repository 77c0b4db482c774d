"""What tests and modules import from Dagster besides definitions: instances, environments, paths."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from orchestrator.instance import Instance

_HOME = "DAGSTER_HOME"


def file_relative_path(dunderfile: str, relative_path: str) -> str:
    """A path relative to the folder of a file.

    Args:
        dunderfile: the file; usually `__file__`.
        relative_path: the path from there.
    """
    return os.path.abspath(os.path.join(os.path.dirname(dunderfile), relative_path))  # noqa: PTH100, PTH118, PTH120  text in, text out


@contextmanager
def environ(env: Mapping[str, str | None]) -> Iterator[None]:
    """Environment variables with other values inside; None takes one away."""
    before = {name: os.environ.get(name) for name in env}
    _set(env)
    try:
        yield
    finally:
        _set(before)


def _set(env: Mapping[str, str | None]) -> None:
    for name, value in env.items():
        if value is None:
            os.environ.pop(name, None)
        else:
            os.environ[name] = value


@contextmanager
def raise_execution_interrupts() -> Iterator[None]:
    """Nothing: an interrupted step gets `KeyboardInterrupt` wherever it is."""
    yield


@contextmanager
def instance_for_test(
    overrides: Mapping[str, Any] | None = None,  # noqa: ARG001  settings of Dagster's storage; ours has none
    *,
    set_dagster_home: bool = True,
    temp_dir: str | None = None,
) -> Iterator[Instance]:
    """An instance in a temporary folder; inside, `DagsterInstance.get()` opens it too.

    Args:
        overrides: ignored.
        set_dagster_home: whether the environment names its home.
        temp_dir: its home; a temporary folder if left out.
    """
    with (
        Instance.local_temp(temp_dir) as instance,
        environ({_HOME: instance.root_directory} if set_dagster_home else {}),
    ):
        yield instance
