"""Objects of users as plain values: JSON, seconds."""

from datetime import datetime
from math import isfinite
from typing import Any, SupportsFloat

import msgspec

from orchestrator.errors import MetadataError


def plain_json(data: object) -> Any:
    """What JSON says of data: tuples become lists, numbers of numpy plain ones.

    Raises:
        MetadataError: it holds what JSON cannot say.
    """
    try:
        return msgspec.json.decode(msgspec.json.encode(data, enc_hook=_plain_number))
    except (TypeError, ValueError, RecursionError) as error:
        raise MetadataError(f"cannot be written as JSON: {error}") from None


def _plain_number(value: Any) -> object:
    """Turn numpy scalars inside JSON into numbers; anything else is the caller's mistake."""
    if hasattr(value, "item") and getattr(value, "shape", None) == ():
        return value.item()
    raise TypeError(f"a {type(value).__name__} is not JSON")


def seconds_of(value: "SupportsFloat | datetime") -> float:
    """A moment as seconds since 1970 (UTC).

    Raises:
        MetadataError: a datetime without a time zone, or no moment at all.
    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise MetadataError(f"has no time zone: {value}", hint="use datetime.now(timezone.utc)")
        return value.timestamp()
    if isinstance(value, str):
        raise MetadataError(f"a timestamp is a number or a datetime, got {value!r:.40}")
    seconds = float(value)
    if not isfinite(seconds):
        raise MetadataError(f"timestamp {seconds} is no moment")
    return seconds
