"""Appends events to the store in the background, many at a time.

A commit costs as much as a small step, so events are collected for a few milliseconds and appended in one transaction,
in the order they came. A step that takes long never waits to be recorded: the writer does not depend on the next event.
"""

import threading
import time

from orchestrator.runs.events import Event
from orchestrator.runs.store import EventStore

#: How long events are collected, in seconds.
_COLLECT = 0.005


class EventWriter:
    """The only writer of a run's events.

    Args:
        store: where to append.
    """

    def __init__(self, store: EventStore) -> None:
        self._store = store
        self._pending: list[Event] = []
        self._lock = threading.Lock()
        self._wake = threading.Event()
        self._idle = threading.Event()
        self._idle.set()
        self._failure: BaseException | None = None
        self._closing = False
        self._thread = threading.Thread(target=self._write_forever, name="orch-event-writer", daemon=True)
        self._thread.start()

    def write(self, event: Event) -> None:
        """Append an event soon.

        Raises:
            StoreError: an earlier append failed.
        """
        if self._failure is not None:
            raise self._failure
        with self._lock:
            self._pending.append(event)
            if len(self._pending) > 1:
                return  # the thread was woken for the first of them
            self._idle.clear()
        self._wake.set()

    def flush(self, timeout: float | None = None) -> None:
        """Return when everything written so far is in the store.

        Args:
            timeout: give up after so many seconds.

        Raises:
            StoreError: an append failed.
        """
        self._idle.wait(timeout)
        if self._failure is not None:
            raise self._failure

    def close(self) -> None:
        """Append what is left and stop; a failure was raised by `flush` before."""
        self._closing = True
        self._wake.set()
        self._thread.join()

    def _write_forever(self) -> None:
        while True:
            self._wake.wait()
            self._wake.clear()
            try:
                self._write_pending()
            except BaseException as error:  # noqa: BLE001  raised to the coordinator by the next write or flush
                self._failure = error
                self._idle.set()
                return
            if self._closing and not self._pending:
                return

    def _write_pending(self) -> None:
        while True:
            with self._lock:
                batch, self._pending = self._pending, []
                if not batch:
                    self._idle.set()
                    return
            self._store.append(batch)
            if not self._closing:
                time.sleep(_COLLECT)
