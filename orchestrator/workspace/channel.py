"""Messages between two processes: pickles, each in a frame that says how long it is, over a socket pair.

A socket, and not two pipes, because one end of another channel may be handed over through it: so a process that has loaded
a code location is told to become two.
"""

import io
import os
import pickle
import select
import socket
from collections.abc import Callable
from typing import Any, ClassVar, Self

#: Bytes in front of a message that say how long it is.
LENGTH = 8


#: By kind, what makes the plain object of an object of a subclass, whatever the subclass says.
_PLAIN: dict[type, Callable[[Any], Any]] = {str: str.__str__, int: int.__int__, float: float.__float__}


class _PlainPickler(pickle.Pickler):
    def reducer_override(self, value: Any) -> Any:
        kind = type(value)
        if isinstance(value, (str, int, float)) and kind.__module__.partition(".")[0] != "orchestrator":
            return next((plain, (make(value),)) for plain, make in _PLAIN.items() if isinstance(value, plain))
        return NotImplemented


def _dump_plain(message: object) -> bytes:
    buffer = io.BytesIO()
    _PlainPickler(buffer, protocol=5).dump(message)
    return buffer.getvalue()


class ChannelClosedError(Exception):
    """The other end is gone."""


class Channel:
    """One end. Sending and receiving may happen in two threads; each of them in one at a time.

    Args:
        end: a connected stream socket.
    """

    _open: ClassVar[set["Channel"]] = set()  # a weak one may swallow Ctrl-C when it lets go of one

    def __init__(self, end: socket.socket) -> None:
        self._socket = end
        self._open.add(self)

    @classmethod
    def pair(cls) -> tuple[Self, Self]:
        """Both ends of a new channel."""
        ours, theirs = socket.socketpair()
        return cls(ours), cls(theirs)

    @classmethod
    def of_descriptor(cls, descriptor: int) -> Self:
        """The end with this file descriptor, which belongs to the channel from now on; not to child processes."""
        os.set_inheritable(descriptor, False)  # noqa: FBT003  children of user code must not keep the channel open
        return cls(socket.socket(fileno=descriptor))

    def fileno(self) -> int:
        """The file descriptor of this end."""
        return self._socket.fileno()

    def send(self, message: object, *, plain: bool = False) -> None:
        """Send a message, whole.

        Args:
            message: anything that can be pickled.
            plain: whether the other end has none of the user's types: what is a text or a number arrives as just that.

        Raises:
            ChannelClosedError: the other end is gone.
            Exception: the message cannot be pickled; nothing was sent.
        """
        body = _dump_plain(message) if plain else pickle.dumps(message, protocol=5)
        try:
            self._socket.sendall(len(body).to_bytes(LENGTH) + body)
        except OSError:
            raise ChannelClosedError from None

    def receive(self) -> Any:
        """Wait for a message.

        Raises:
            ChannelClosedError: the other end is gone.
            Exception: what came cannot be unpickled here.
        """
        length = int.from_bytes(self._exactly(LENGTH))
        return pickle.loads(self._exactly(length))  # noqa: S301  our own process

    def send_end(self, other: "Channel") -> None:
        """Hand an end of another channel to the process at the other end of this one.

        Raises:
            ChannelClosedError: the other end is gone.
        """
        try:
            socket.send_fds(self._socket, [b"\0"], [other.fileno()])
        except OSError:
            raise ChannelClosedError from None

    def receive_end(self) -> "Channel":
        """Take what `send_end` handed over.

        Raises:
            ChannelClosedError: the other end is gone.
        """
        try:
            _, descriptors, _, _ = socket.recv_fds(self._socket, 1, 1)
        except OSError:
            raise ChannelClosedError from None
        if not descriptors:
            raise ChannelClosedError
        return Channel.of_descriptor(descriptors[0])

    def has_message(self) -> bool:
        """Whether there is something to receive at once, be it the news that the other end is gone."""
        return bool(select.select([self._socket], [], [], 0)[0])

    def close_others(self) -> None:
        """Close all other ends in this process, which is a copy: the other end must see when the original is gone."""
        for channel in list(self._open):
            if channel is not self:
                channel.close()

    def close(self) -> None:
        """Close this end; may be called again."""
        self._open.discard(self)
        self._socket.close()

    def _exactly(self, length: int) -> bytearray:
        buffer = bytearray(length)
        view, have = memoryview(buffer), 0
        while have < length:
            try:
                got = self._socket.recv_into(view[have:])
            except OSError:
                got = 0
            if not got:
                raise ChannelClosedError
            have += got
        return buffer
