"""SIGINT and SIGTERM: stop user code where it stands, and nothing else anywhere.

A signal handler may raise between any two instructions. Raising inside the coordinator could lose an event or leave a
lock held, so the handler raises `KeyboardInterrupt` only while user code runs (`with interrupts.user_code()`); at any
other time it just takes note, and the coordinator looks at `signal` when it is ready to.
"""

import signal
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any, Self


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

    @property
    def listening(self) -> bool:
        """Whether signals come here."""
        return bool(self._previous)

    def forget(self) -> None:
        """What was interrupted is over: the next signal is a first one again."""
        self.signal = None

    def user_code(self) -> "_UserCode":
        """Let a signal raise `KeyboardInterrupt` inside the block."""
        return self._user_code

    @contextmanager
    def time_limit(self, seconds: float, error: BaseException) -> Iterator[None]:
        """Raise an error in user code that goes on for too long; only in the main thread.

        Args:
            seconds: how long it may take.
            error: what is raised.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def out_of_time(_number: int, _frame: FrameType | None) -> None:
            if self._user_code.runs:
                raise error

        handler = signal.signal(signal.SIGALRM, out_of_time)
        began = time.monotonic()
        left, _ = signal.setitimer(signal.ITIMER_REAL, seconds)
        try:
            yield
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, handler)
            if left:  # somebody else had set the timer
                signal.setitimer(signal.ITIMER_REAL, max(0.001, left - (time.monotonic() - began)))

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
