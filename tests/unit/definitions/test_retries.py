"""Retry policies and the exceptions that ask for a retry or forbid it."""

import pickle
from typing import Any

import pytest

import orchestrator as dg
from orchestrator.errors import DefinitionError, MetadataError


@pytest.mark.parametrize(
    ("policy", "chance", "delays"),
    [
        ({}, 0.5, [0, 0, 0]),
        ({"delay": 0.5}, 0.5, [0.5, 0.5, 0.5]),
        ({"delay": 0.5, "backoff": dg.Backoff.LINEAR}, 0.5, [0.5, 1.0, 1.5]),
        ({"delay": 0.5, "backoff": dg.Backoff.EXPONENTIAL}, 0.5, [0.5, 1.5, 3.5]),
        ({"delay": 2, "jitter": dg.Jitter.FULL}, 0.25, [0.5, 0.5, 0.5]),
        ({"delay": 2, "jitter": dg.Jitter.FULL, "backoff": dg.Backoff.EXPONENTIAL}, 0.25, [0.5, 1.5, 3.5]),
        ({"delay": 2, "jitter": dg.Jitter.PLUS_MINUS}, 0.25, [1.0, 1.0, 1.0]),
        ({"delay": 2, "jitter": dg.Jitter.PLUS_MINUS}, 1.0, [4.0, 4.0, 4.0]),
        ({"delay": 2, "jitter": dg.Jitter.PLUS_MINUS, "backoff": dg.Backoff.LINEAR}, 0.25, [1.0, 3.0, 5.0]),
        ({"delay": 2, "jitter": dg.Jitter.PLUS_MINUS, "backoff": dg.Backoff.EXPONENTIAL}, 0.75, [3.0, 7.0, 15.0]),
    ],
)
def test_the_delay_before_each_attempt(policy: dict[str, Any], chance: float, delays: list[float]) -> None:
    made = dg.RetryPolicy(max_retries=3, **policy)
    assert [made.delay_before(attempt, lambda: chance) for attempt in (1, 2, 3)] == delays


def test_chance_stays_within_the_delay() -> None:
    policy = dg.RetryPolicy(delay=2, jitter=dg.Jitter.FULL)
    assert all(0 <= policy.calculate_delay(1) <= 2 for _ in range(50))


@pytest.mark.parametrize(
    "wrong",
    [
        {"max_retries": "1"}, {"max_retries": None}, {"max_retries": 1.5}, {"max_retries": True}, {"max_retries": -1},
        {"delay": "x"}, {"delay": -1}, {"backoff": dg.Backoff.LINEAR}, {"jitter": dg.Jitter.FULL},
        {"delay": 1, "backoff": "LINEAR"}, {"delay": 1, "jitter": "FULL"},
    ],
)  # fmt: skip
def test_a_policy_that_makes_no_sense(wrong: dict[str, Any]) -> None:
    with pytest.raises(DefinitionError, match="RetryPolicy"):
        dg.RetryPolicy(**wrong)


def test_policies_are_values() -> None:
    assert dg.RetryPolicy() == dg.RetryPolicy(max_retries=1)
    assert hash(dg.RetryPolicy(2, 1)) == hash(dg.RetryPolicy(2, 1))
    assert repr(dg.RetryPolicy()) == "RetryPolicy(max_retries=1, delay=None, backoff=None, jitter=None)"


def test_a_request_for_a_retry() -> None:
    request = dg.RetryRequested(max_retries=3, seconds_to_wait=0.5)
    assert (request.max_retries, request.seconds_to_wait) == (3, 0.5)
    assert vars(dg.RetryRequested()) == {"max_retries": 1, "seconds_to_wait": None}
    assert vars(pickle.loads(pickle.dumps(request))) == vars(request)
    for wrong in ({"max_retries": "a"}, {"max_retries": None}, {"seconds_to_wait": "s"}):
        with pytest.raises(DefinitionError, match="RetryRequested"):
            dg.RetryRequested(**wrong)


def test_a_failure_with_metadata() -> None:
    failure = dg.Failure("no rows", metadata={"rows": 0}, allow_retries=False)
    assert str(failure) == failure.description == "no rows"
    assert failure.metadata == {"rows": dg.MetadataValue.int(0)}
    assert not failure.allow_retries
    assert dg.Failure().allow_retries
    assert vars(pickle.loads(pickle.dumps(failure))) == vars(failure)
    with pytest.raises(MetadataError, match="`x` of a Failure"):
        dg.Failure(metadata={"x": object()})
    for wrong in ({"description": 5}, {"metadata": 3}, {"metadata": {...}}, {"allow_retries": "n"}):
        with pytest.raises(DefinitionError, match="Failure"):
            dg.Failure(**wrong)
