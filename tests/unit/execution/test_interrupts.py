"""Signals and time limits: raised in user code, and nowhere else."""

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from orchestrator.execution.interrupts import Interrupts


@pytest.fixture
def interrupts() -> Iterator[Interrupts]:
    with Interrupts() as made:
        yield made


def raise_signal(number: int = signal.SIGINT) -> None:
    os.kill(os.getpid(), number)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_raises_in_user_code(interrupts: Interrupts, number: int) -> None:
    with pytest.raises(KeyboardInterrupt), interrupts.user_code():
        raise_signal(number)
    assert interrupts.signal == number


def test_elsewhere_it_is_noted_and_the_next_user_code_does_not_begin(interrupts: Interrupts) -> None:
    told: list[str] = []
    interrupts.on_notice = lambda: told.append("person")
    interrupts.on_first = lambda: told.append("processes")
    raise_signal()
    assert told == ["person", "processes"]
    with pytest.raises(KeyboardInterrupt), interrupts.user_code():
        told.append("user code")
    assert told == ["person", "processes"]


def test_the_second_signal_goes_to_whoever_ends_the_process(interrupts: Interrupts) -> None:
    second: list[int] = []
    raise_signal()
    raise_signal()  # nobody listens yet
    interrupts.on_second = second.append
    raise_signal(signal.SIGTERM)
    assert second == [signal.SIGTERM]
    assert interrupts.signal == signal.SIGINT


def test_what_was_interrupted_is_over(interrupts: Interrupts) -> None:
    raise_signal()
    interrupts.forget()
    done = []
    with interrupts.user_code():
        done.append(1)
    assert done
    with pytest.raises(KeyboardInterrupt), interrupts.user_code():
        raise_signal()


def test_handlers_are_put_back() -> None:
    before = signal.getsignal(signal.SIGINT)
    with Interrupts() as interrupts:
        assert interrupts.listening
        assert signal.getsignal(signal.SIGINT) != before
    assert signal.getsignal(signal.SIGINT) == before
    assert not interrupts.listening


def test_nohup_stays_nohup() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Interrupts() as interrupts:
            raise_signal(signal.SIGHUP)
            assert interrupts.signal is None
    finally:
        signal.signal(signal.SIGHUP, before)


def test_user_code_that_takes_too_long(interrupts: Interrupts) -> None:
    def user_code() -> None:
        with interrupts.user_code(), interrupts.time_limit(0.02, TimeoutError()):
            while True:
                pass

    with pytest.raises(TimeoutError):
        user_code()


def test_user_code_that_is_quick_enough(interrupts: Interrupts) -> None:
    others, _ = signal.setitimer(signal.ITIMER_REAL, 0)  # of the test runner
    with interrupts.user_code(), interrupts.time_limit(30, TimeoutError()):
        pass
    left = signal.setitimer(signal.ITIMER_REAL, others)
    assert left == (0.0, 0.0)


def test_a_timer_of_somebody_else_goes_on(interrupts: Interrupts) -> None:
    rung: list[int] = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    others, _ = signal.getitimer(signal.ITIMER_REAL)  # of the test runner
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.05)
        with interrupts.user_code(), interrupts.time_limit(30, TimeoutError()):
            pass
        assert 0 < signal.getitimer(signal.ITIMER_REAL)[0] <= 0.05
        give_up = time.monotonic() + 5
        while not rung and time.monotonic() < give_up:
            pass
        assert rung
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
        signal.setitimer(signal.ITIMER_REAL, others)


def test_other_threads_have_no_signals() -> None:
    seen: list[object] = []

    def work() -> None:
        with Interrupts() as interrupts, interrupts.user_code(), interrupts.time_limit(0.001, TimeoutError()):
            seen.append(interrupts.listening)

    thread = threading.Thread(target=work)
    thread.start()
    thread.join()
    assert seen == [False]
