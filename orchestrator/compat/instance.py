"""Instances for tests."""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from orchestrator.instance import Instance

_HOME = "DAGSTER_HOME"


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
    before = os.environ.get(_HOME)
    with Instance.local_temp(temp_dir) as instance:
        if set_dagster_home:
            os.environ[_HOME] = instance.root_directory
        try:
            yield instance
        finally:
            if before is None:
                os.environ.pop(_HOME, None)
            else:
                os.environ[_HOME] = before
