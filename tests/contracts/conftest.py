"""Every implementation of each protocol."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.runs.store import EventStore
from orchestrator.storage.memory import MemoryEventStore
from orchestrator.storage.sqlite import SqliteEventStore


@pytest.fixture(params=["memory", "sqlite"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventStore]:
    made = MemoryEventStore() if request.param == "memory" else SqliteEventStore(tmp_path / "orch.db")
    yield made
    made.close()
