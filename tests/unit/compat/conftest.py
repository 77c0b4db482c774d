"""What tests of compat share."""

from collections.abc import Iterator

import pytest

from orchestrator.compat.dialect import DIALECT
from orchestrator.definitions.dialect import NATIVE, speak


@pytest.fixture
def dialect() -> Iterator[None]:
    """A process that speaks Dagster's dialect."""
    speak(DIALECT)
    yield
    speak(NATIVE)
