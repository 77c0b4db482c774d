"""Run config on the command line: `--config`, `--config-json` and `--set`."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from orchestrator.errors import ConfigError
from orchestrator.execution.run_request import RunRequest
from orchestrator.run_configs import check_run_config
from orchestrator.workspace.config_file import GivenConfig, read_given_config

from .session import Session


def given_config(files: Sequence[str] | None, json_text: str | None, settings: Sequence[str] | None) -> GivenConfig:
    """What the options say together.

    Raises:
        ConfigError: a file or text cannot be read.
        UsageError: a setting is none.
    """
    return read_given_config([Path(file) for file in files or ()], json_text, settings or ())


def check_given(session: Session, request: RunRequest, given: GivenConfig) -> None:
    """Check the config of a run that is not begun.

    Raises:
        ConfigError: every problem, with its file and line.
    """
    with located(given):
        check_run_config(request, session.workspace)


@contextmanager
def located(given: GivenConfig) -> Iterator[None]:
    """Let errors about config say where it was given.

    Raises:
        ConfigError: every problem, with its file and line.
    """
    try:
        yield
    except ConfigError as error:
        raise given.located(error) from None
