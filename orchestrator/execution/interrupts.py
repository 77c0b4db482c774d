"""SIGINT and SIGTERM: stop user code where it stands, and nothing else anywhere.

A signal handler may raise between any two instructions. Raising inside the coordinator could lose an event or leave a
lock held, so the handler raises `KeyboardInterrupt` only while user code runs (`with interrupts.user_code()`); at any
other time it just takes note, and the coordinator looks at `signal` when it is ready to.
"""

import signal
import threading
from types import FrameType
from typing import TYPE_CHECKING, Any, Self

if TYPE_CHECKING:
    from collections.abc import Callable


class Interrupts:
    """Listens for signals while it is entered; only in the main thread, where Python allows it."""

    def __init__(self) -> None:
        #: The first signal that came.
        self.signal: int | None = None
        #: Called first on the first signal, to tell a person.
        self.on_notice: Callable[[], None] | None = None
        #: Called on the first signal, to pass it on to other processes.
        self.on_first: Callable[[], None] | None = None
        #: Called on the second signal; it should end the process.
        self.on_second: Callable[[int], None] | None = None
        self._user_code = _UserCode(self)
        self._previous: dict[int, Any] = {}

    def __enter__(self) -> Self:
        if threading.current_thread() is threading.main_thread():
            for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
                previous = signal.getsignal(number)
                if number != signal.SIGHUP or previous is not signal.SIG_IGN:  # nohup stays nohup
                    self._previous[number] = previous
                    signal.signal(number, self._handle)
        return self

    def __exit__(self, *_: object) -> None:
        for number, previous in self._previous.items():
            signal.signal(number, previous)
        self._previous.clear()

    def user_code(self) -> "_UserCode":
        """Let a signal raise `KeyboardInterrupt` inside the block."""
        return self._user_code

    def _handle(self, number: int, _frame: FrameType | None) -> None:
        if self.signal is not None:
            if self.on_second is not None:
                self.on_second(number)
            return
        self.signal = number
        if self.on_notice is not None:
            self.on_notice()
        if self.on_first is not None:
            self.on_first()
        if self._user_code.runs:
            raise KeyboardInterrupt


class _UserCode:
    """The block in which a signal may raise."""

    def __init__(self, interrupts: Interrupts) -> None:
        self._interrupts = interrupts
        self.runs = False

    def __enter__(self) -> None:
        if self._interrupts.signal is not None:
            raise KeyboardInterrupt
        self.runs = True

    def __exit__(self, *_: object) -> None:
        self.runs = False
