"""The coordinator's ends of the connections to its agents: it never waits for one of them, so that none can hold up the rest."""

import hmac
import pickle
import secrets
import socket
import ssl
from contextlib import suppress
from typing import Any

from orchestrator.execution.executors.dask_messages import SECRET_LENGTH, Hello
from orchestrator.workspace.channel import LENGTH, ChannelClosedError

_CHUNK = 1 << 20
#: How long an agent may take to accept what it is sent, in seconds: it always listens.
_PATIENCE = 30.0


class Listener:
    """Where agents connect.

    Args:
        host: the address to listen at, and to be reached at.
        port: 0: any that is free.
        encryption: what encrypts the connections, if anything does.
    """

    def __init__(self, host: str, port: int = 0, encryption: ssl.SSLContext | None = None) -> None:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        self._socket = socket.create_server((host, port), family=family, backlog=512)
        self._socket.setblocking(False)  # noqa: FBT003
        self._encryption = encryption
        self.host = host
        self.port: int = self._socket.getsockname()[1]
        self.secret = secrets.token_bytes(SECRET_LENGTH)

    def fileno(self) -> int:
        """The file descriptor to wait for."""
        return self._socket.fileno()

    def accept(self) -> "Peer | None":
        """The next agent; None if nobody is there any more."""
        try:
            end, _ = self._socket.accept()
            end.settimeout(_PATIENCE)
            if self._encryption is not None:
                end = self._encryption.wrap_socket(end, server_side=True)
        except OSError:
            return None
        return Peer(end, self.secret)

    def close(self) -> None:
        """Take no more agents."""
        self._socket.close()


class Peer:
    """The connection to an agent.

    Args:
        end: a connected socket.
        secret: what it has to say first.
    """

    def __init__(self, end: socket.socket, secret: bytes) -> None:
        stay_in_touch(end)
        end.settimeout(0)
        self._socket = end
        self._secret: bytes | None = secret
        self._buffer = bytearray()
        #: What it said of itself.
        self.hello: Hello | None = None

    @property
    def worker(self) -> str:
        """Name of the Dask worker that it is beside."""
        return "" if self.hello is None else self.hello.worker

    def fileno(self) -> int:
        """The file descriptor to wait for."""
        return self._socket.fileno()

    def receive(self) -> tuple[list[Any], bool]:
        """The messages that are whole by now, and whether the agent is still there."""
        there = True
        while there:
            try:
                chunk = self._socket.recv(_CHUNK)
            except (BlockingIOError, ssl.SSLWantReadError):
                break
            except OSError:
                chunk = b""
            self._buffer += chunk
            there = bool(chunk)
        if not self._is_trusted():
            return [], there and self._secret is not None and len(self._buffer) < SECRET_LENGTH
        return self._messages(), there

    def send(self, message: object) -> None:
        """Send a message.

        Raises:
            ChannelClosedError: the agent is gone.
        """
        body = pickle.dumps(message, protocol=5)
        try:
            self._socket.settimeout(_PATIENCE)
            self._socket.sendall(len(body).to_bytes(LENGTH) + body)
            self._socket.settimeout(0)
        except OSError:
            raise ChannelClosedError from None

    def close(self) -> None:
        """End the connection: the agent ends what it runs. Safe in a signal handler; may be called again."""
        with suppress(OSError):
            socket.socket.shutdown(self._socket, socket.SHUT_RDWR)
        self._socket.close()

    def _is_trusted(self) -> bool:
        """Whether it has said the secret; nothing of it is unpickled before."""
        if self._secret is None:
            return True
        if len(self._buffer) < SECRET_LENGTH or not hmac.compare_digest(self._buffer[:SECRET_LENGTH], self._secret):
            return False
        del self._buffer[:SECRET_LENGTH]
        self._secret = None
        return True

    def _messages(self) -> list[Any]:
        messages = []
        start, have = 0, len(self._buffer)
        view = memoryview(self._buffer)
        while have - start >= LENGTH:
            end = start + LENGTH + int.from_bytes(view[start : start + LENGTH])
            if end > have:
                break
            messages.append(pickle.loads(view[start + LENGTH : end]))  # noqa: S301  it knows the secret
            start = end
        view.release()
        del self._buffer[:start]
        return messages


def stay_in_touch(end: socket.socket) -> None:
    """Send small messages at once, and notice within a minute or so that the machine at the other end is gone."""
    end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    end.setsockopt(socket.SOL_SOCKET, socket.SO_KEEPALIVE, 1)
    for name, value in (("TCP_KEEPIDLE", 20), ("TCP_KEEPINTVL", 10), ("TCP_KEEPCNT", 3)):
        if hasattr(socket, name):
            end.setsockopt(socket.IPPROTO_TCP, getattr(socket, name), value)
