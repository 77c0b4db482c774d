"""Waiting for events of a PostgreSQL server: it sends a word when some were appended, and is not asked meanwhile."""

import select
import time

import psycopg

from orchestrator.storage.postgres_faults import postgres_faults
from orchestrator.storage.postgres_server import Connection, PostgresServer

CHANNEL = "orch_events"
#: Look anyway after so many seconds: a word may be lost on the way, with a connection that is dead without saying so.
_ANYWAY = 15.0


class PostgresWatch:
    """An `EventWatch` with a connection of its own, which is opened anew if it is lost.

    Args:
        server: the database.
    """

    def __init__(self, server: PostgresServer) -> None:
        self._server = server
        self._connection: Connection | None = None
        self._looked = 0.0

    def changed(self) -> bool:
        """Whether there may be news; see `EventWatch.changed`."""
        now = time.monotonic()
        news = self._told() or now - self._looked > _ANYWAY
        if news:
            self._looked = now
        return news

    def _told(self) -> bool:
        with postgres_faults(self._server.address):
            if self._connection is None:
                self._connection = self._server.connect()
                self._connection.execute(f"LISTEN {CHANNEL}")
                return True  # what came before it listened
            poller = select.poll()
            poller.register(self._connection.fileno(), select.POLLIN)
            if not poller.poll(0):
                return False
            try:
                for _ in self._connection.notifies(timeout=0):
                    pass  # one word is as good as many
            except psycopg.OperationalError:
                self.close()
            return True  # who looks now also learns whether the server is still there

    def close(self) -> None:
        """Stop listening; may be called again."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None
