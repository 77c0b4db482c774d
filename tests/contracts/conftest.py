"""Every implementation of each protocol."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from orchestrator.runs.store import EventStore
from orchestrator.storage.memory import MemoryEventStore
from orchestrator.storage.sqlite import SqliteEventStore


@pytest.fixture(params=["memory", "sqlite", "postgres"])
def store(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[EventStore]:
    made: EventStore
    if request.param == "memory":
        made = MemoryEventStore()
    elif request.param == "sqlite":
        made = SqliteEventStore(tmp_path / "orch.db")
    else:
        address = request.getfixturevalue("postgres").new_store()
        from orchestrator.storage.postgres import PostgresEventStore

        made = PostgresEventStore(address)
    yield made
    made.close()
