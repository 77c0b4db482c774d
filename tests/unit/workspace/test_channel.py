"""Messages between two ends of a socket pair."""

import os
import threading
from collections.abc import Iterator

import pytest

from orchestrator.workspace.channel import Channel, ChannelClosedError

Pair = tuple[Channel, Channel]


@pytest.fixture
def pair() -> Iterator[Pair]:
    ends = Channel.pair()
    yield ends
    for end in ends:
        end.close()


def test_messages_arrive_whole_and_in_order(pair: Pair) -> None:
    ours, theirs = pair
    messages = [None, "text", {"a": (1, 2)}, b"x" * 5_000_000, "last"]
    sender = threading.Thread(target=lambda: [ours.send(one) for one in messages])
    sender.start()
    assert [theirs.receive() for _ in messages] == messages
    sender.join()
    assert not theirs.has_message()


def test_both_directions_do_not_meet(pair: Pair) -> None:
    ours, theirs = pair
    ours.send("to them")
    theirs.send("to us")
    assert ours.receive() == "to us"
    assert theirs.receive() == "to them"


def test_what_cannot_be_pickled_sends_nothing(pair: Pair) -> None:
    ours, theirs = pair
    with pytest.raises(Exception, match="lambda"):
        ours.send(lambda: 1)
    assert not theirs.has_message()
    ours.send("next")
    assert theirs.receive() == "next"


def test_what_cannot_be_unpickled_takes_nothing_along(pair: Pair) -> None:
    ours, theirs = pair
    ours.send(_Bomb())
    ours.send("next")
    with pytest.raises(ZeroDivisionError):
        theirs.receive()
    assert theirs.receive() == "next"


class _Bomb:
    def __reduce__(self) -> tuple[object, tuple[object, ...]]:
        return divmod, (1, 0)


def test_the_other_end_is_gone(pair: Pair) -> None:
    ours, theirs = pair
    theirs.send("last words")
    theirs.close()
    assert ours.has_message()
    assert ours.receive() == "last words"
    assert ours.has_message()
    with pytest.raises(ChannelClosedError):
        ours.receive()
    with pytest.raises(ChannelClosedError):
        ours.send("x")
    with pytest.raises(ChannelClosedError):
        ours.receive_end()


@pytest.mark.parametrize("sent", [b"", b"\0\0\0", (100).to_bytes(8) + b"part"])
def test_the_other_end_goes_in_the_middle_of_a_message(pair: Pair, sent: bytes) -> None:
    ours, theirs = pair
    os.write(theirs.fileno(), sent)
    theirs.close()
    with pytest.raises(ChannelClosedError):
        ours.receive()


def test_an_end_is_handed_over(pair: Pair) -> None:
    ours, theirs = pair
    near, far = Channel.pair()
    ours.send_end(far)
    far.close()
    handed = theirs.receive_end()
    near.send("hello")
    assert handed.receive() == "hello"
    assert not os.get_inheritable(handed.fileno())
    handed.close()
    with pytest.raises(ChannelClosedError):
        near.receive()
    near.close()
    near.close()  # may be called again


def test_a_copy_of_a_process_closes_what_is_not_its_own(pair: Pair) -> None:
    ours, theirs = pair
    near, far = Channel.pair()
    far.close_others()
    assert near.fileno() == ours.fileno() == theirs.fileno() == -1
    assert far.fileno() > 0
    far.close()
