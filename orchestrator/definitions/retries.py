"""Trying a step again: how often, after how long, and the exceptions with which a function asks for it or forbids it."""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any

from msgspec import Struct

from orchestrator.definitions.metadata import coerce_metadata
from orchestrator.errors import DefinitionError


class Backoff(Enum):
    """How the delay grows from one attempt to the next."""

    #: The delay times the number of the attempt.
    LINEAR = "LINEAR"
    #: The delay times one less than two to the power of the number of the attempt.
    EXPONENTIAL = "EXPONENTIAL"


class Jitter(Enum):
    """How chance changes the delay, so that steps that failed together do not come back together."""

    #: Anything between nothing and the whole delay.
    FULL = "FULL"
    #: The delay, give or take once the configured one.
    PLUS_MINUS = "PLUS_MINUS"


class RetryPolicy(Struct, frozen=True):
    """When a step that failed is tried again.

    Args:
        max_retries: how often at most, after the first attempt.
        delay: seconds to wait before each.
        backoff: how the delay grows.
        jitter: how chance changes it.

    Raises:
        DefinitionError: a value of the wrong kind, or a backoff or jitter of no delay.
    """

    max_retries: int = 1
    delay: float | None = None
    backoff: Backoff | None = None
    jitter: Jitter | None = None

    def __post_init__(self) -> None:
        if not _is_whole(self.max_retries) or self.max_retries < 0:
            raise DefinitionError(
                f"`max_retries` of a RetryPolicy must be a whole number from 0, got {self.max_retries!r:.60}"
            )
        if self.delay is not None and (not _is_number(self.delay) or self.delay < 0):
            raise DefinitionError(f"`delay` of a RetryPolicy must be seconds, got {self.delay!r:.60}")
        for name, value, kind in (("backoff", self.backoff, Backoff), ("jitter", self.jitter, Jitter)):
            if value is None:
                continue
            if not isinstance(value, kind):
                choices = " or ".join(f"{kind.__name__}.{member.name}" for member in kind)
                raise DefinitionError(f"`{name}` of a RetryPolicy must be {choices}, got {value!r:.60}")
            if self.delay is None:
                raise DefinitionError(
                    f"`{name}` of a RetryPolicy changes its delay, but it has none", hint="add delay="
                )

    def delay_before(self, attempt: int, random: Callable[[], float]) -> float:
        """Seconds to wait before a retry.

        Args:
            attempt: which retry, counted from 1.
            random: returns a number from 0 to 1.
        """
        if self.delay is None:
            return 0
        delay = self.delay
        if self.backoff is Backoff.LINEAR:
            delay *= attempt
        elif self.backoff is Backoff.EXPONENTIAL:
            delay *= 2**attempt - 1
        if self.jitter is Jitter.FULL:
            delay *= random()
        elif self.jitter is Jitter.PLUS_MINUS:
            delay += (2 * random() - 1) * self.delay
        return delay

    def calculate_delay(self, attempt_num: int) -> float:
        """Seconds to wait before a retry, with chance as it comes."""
        import random  # noqa: PLC0415  loads the hash functions; only policies that are asked pay for it

        return self.delay_before(attempt_num, random.random)


class RetryRequested(Exception):  # noqa: N818  the name is part of the public API
    """Raised by a function to have its step tried again.

    Args:
        max_retries: how often at most, after the first attempt.
        seconds_to_wait: before the next attempt.

    Raises:
        DefinitionError: an argument is no number.
    """

    def __init__(self, max_retries: int = 1, seconds_to_wait: float | None = None) -> None:
        if not _is_whole(max_retries):
            raise DefinitionError(f"`max_retries` of RetryRequested must be a whole number, got {max_retries!r:.60}")
        if seconds_to_wait is not None and not _is_number(seconds_to_wait):
            raise DefinitionError(f"`seconds_to_wait` of RetryRequested must be seconds, got {seconds_to_wait!r:.60}")
        super().__init__()
        self.max_retries = max_retries
        self.seconds_to_wait = seconds_to_wait


class Failure(Exception):  # noqa: N818  the name is part of the public API
    """Raised by a function to fail its step with a description and metadata.

    Args:
        description: what went wrong.
        metadata: recorded with the failure.
        allow_retries: False fails the step for good, whatever its retry policy says.

    Raises:
        DefinitionError: an argument of the wrong kind.
        MetadataError: a value is of a kind that metadata cannot hold.
    """

    def __init__(
        self,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        allow_retries: bool | None = None,  # noqa: FBT001  the signature is part of the public API
    ) -> None:
        if not isinstance(description, str | None):
            raise DefinitionError(f"`description` of a Failure must be text, got {description!r:.60}")
        if not isinstance(allow_retries, bool | None):
            raise DefinitionError(f"`allow_retries` of a Failure must be True or False, got {allow_retries!r:.60}")
        super().__init__(description)
        self.description = description
        self.metadata = coerce_metadata(metadata, "a Failure")
        self.allow_retries = True if allow_retries is None else allow_retries


def _is_whole(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool)


def _is_number(value: object) -> bool:
    return isinstance(value, int | float) and not isinstance(value, bool)
