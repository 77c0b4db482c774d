"""One way out for the events of a process, whichever thread they come from."""

import threading
from collections.abc import Callable

from orchestrator.runs.events import Event

Emit = Callable[[Event], None]


class EventGate:
    """Passes events on, one at a time, while it is open; those that come while it is closed wait for it to open.

    A thread that user code started may log at any moment, also when the step that started it has long ended and the
    coordinator is about something else.
    """

    def __init__(self) -> None:
        self._lock = threading.RLock()  # what an event leads to may log in turn
        self._emit: Emit | None = None
        self._waiting: list[Event] = []

    def __call__(self, event: Event) -> None:
        """Pass an event on now, or when the gate opens."""
        with self._lock:
            if self._emit is None:
                self._waiting.append(event)
            else:
                self._emit(event)

    def open(self, emit: Emit) -> None:
        """Pass on what waits, and from here on everything at once."""
        with self._lock:
            waiting, self._waiting = self._waiting, []
            self._emit = emit
            for event in waiting:
                emit(event)

    def close(self) -> None:
        """Let events wait."""
        with self._lock:
            self._emit = None
