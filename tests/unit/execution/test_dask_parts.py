"""What of the Dask executor works without a cluster."""

import json
import pickle
import socket
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from orchestrator.errors import ConfigError, ExecutionError, SourceRef
from orchestrator.execution.capture import CaptureSettings
from orchestrator.execution.executors.dask_attempts import Attempts, resources_of
from orchestrator.execution.executors.dask_link import Listener, Peer
from orchestrator.execution.executors.dask_messages import Hello, Ready
from orchestrator.execution.executors.dask_worker import capture_here
from orchestrator.execution.step import StepRequest
from orchestrator.graph.snapshot import Demands
from orchestrator.planning.plan import Step
from orchestrator.runs.events import HookEnded, StepFailed, StepStarted, StepSucceeded
from orchestrator.workspace.channel import Channel


def request(**tags: str) -> StepRequest:
    demands = Demands(tags=tags) if tags else None
    source = SourceRef(file="definitions.py", line=1)
    return StepRequest(run_id="r", step=Step(key="s", location="l", node="s", source=source, demands=demands))


@contextmanager
def connected() -> Iterator[tuple[Listener, socket.socket, Peer]]:
    """A listener, and both ends of a connection to it."""
    listener = Listener("127.0.0.1")
    with socket.create_connection((listener.host, listener.port)) as end:
        peer = None
        while peer is None:
            peer = listener.accept()
        yield listener, end, peer
        peer.close()
    listener.close()


def received(peer: Peer, number: int) -> list[object]:
    messages: list[object] = []
    while len(messages) < number:
        messages += peer.receive()[0]
    return messages


def test_an_agent_that_knows_the_secret_is_heard() -> None:
    with connected() as (listener, end, peer):
        end.sendall(listener.secret[:5])
        assert peer.receive() == ([], True)
        end.sendall(listener.secret[5:])
        agent = Channel(end)
        hello = Hello(version="1", location="l", worker="alice")
        agent.send(hello)
        agent.send(Ready(3))
        assert received(peer, 2) == [hello, Ready(3)]
        peer.send(Ready(4))
        assert agent.receive() == Ready(4)
        end.shutdown(socket.SHUT_RDWR)
        while peer.receive()[1]:
            pass


def test_nothing_of_a_stranger_is_unpickled(tmp_path: Path) -> None:
    class Evil:
        def __reduce__(self) -> tuple[object, ...]:
            return Path.touch, (tmp_path / "touched",)

    with connected() as (_, end, peer):
        body = pickle.dumps(Evil())
        end.sendall(bytes(32) + len(body).to_bytes(8) + body)
        there = True
        while there:
            messages, there = peer.receive()
            assert messages == []
    assert not (tmp_path / "touched").exists()


def test_what_a_step_needs() -> None:
    assert resources_of(request()) is None
    assert resources_of(request(other="1")) is None
    both = {"dask/resources": json.dumps({"GPU": 1}), "dagster-dask/resource_requirements": json.dumps({"MEMORY": 2e9})}
    assert resources_of(request(**both)) == {"GPU": 1.0, "MEMORY": 2e9}
    for wrong in ("GPU", "[1]", '{"GPU": "much"}'):
        with pytest.raises(ConfigError, match=r"`s` has the tag dask/resources"):
            resources_of(request(**{"dask/resources": wrong}))


def test_events_of_an_agent_that_was_given_up_do_not_count() -> None:
    attempts = Attempts(CaptureSettings(), retries=True)
    attempt = attempts.add(request())
    started = StepStarted(run_id="r", timestamp=1.0, step="s")
    done = (StepSucceeded(run_id="r", timestamp=2.0, step="s", duration_s=1.0),)
    with connected() as (_, _, first), connected() as (_, _, second):
        attempt.peer = first
        attempts.tell(second, (started, *done))
        assert attempts.take_events() == []
        attempts.tell(first, (started,))
        attempts.fail(attempt, ExecutionError("gone"))
        assert [type(one) for one in attempts.take_events()] == [StepStarted, StepFailed]
        attempts.tell(first, done)
        assert attempts.take_events() == []


def test_hooks_have_their_say_after_the_end() -> None:
    attempts = Attempts(CaptureSettings(), retries=True)
    done = StepSucceeded(run_id="r", timestamp=2.0, step="s", duration_s=1.0)
    hook = HookEnded(run_id="r", timestamp=2.0, step="s", hook="h")
    with connected() as (_, _, peer):
        attempts.add(request()).peer = peer
        attempts.tell(peer, (done, hook))
    assert attempts.take_events() == [done, hook]
    assert attempts.all() == []


def test_a_machine_without_the_home_keeps_no_output(tmp_path: Path) -> None:
    there = CaptureSettings(folder=str(tmp_path))
    assert capture_here(there, "alice") == (there, None)
    capture, warning = capture_here(CaptureSettings(folder=f"{tmp_path}/none", name="n"), "alice")
    assert capture == CaptureSettings(folder=None, name="n")
    assert warning is not None
    assert "on Dask worker `alice` is not kept" in warning
