"""Objects of users as plain values: JSON, seconds."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from math import isfinite
from typing import Any, SupportsFloat

from orchestrator.definitions.dialect import spoken
from orchestrator.errors import ArgumentError, MetadataError

#: Types of which JSON is made.
_AS_IT_IS = frozenset({str, bool, int, float, type(None)})
#: For objects of a subclass, such as enums of str: how to get what they are besides.
_PLAIN_PART: dict[type, Callable[[Any], Any]] = {str: str.__str__, int: int.__int__, float: float.__float__}


def plain_json(data: object) -> Any:
    """What JSON says of data: tuples become lists, moments text, numbers of numpy plain ones.

    Raises:
        MetadataError: it holds what JSON cannot say.
    """
    try:
        return _plain(data)
    except RecursionError:
        raise MetadataError("cannot be written as JSON: it holds itself, or is too deep") from None


def _plain(data: Any) -> Any:
    kind = type(data)
    if kind in _AS_IT_IS:
        return data
    if isinstance(data, Mapping):
        return {_name(name): _plain(value) for name, value in data.items()}
    if isinstance(data, list | tuple):
        return [_plain(value) for value in data]
    if spoken().strict_data and not isinstance(data, str | int | float):
        raise MetadataError(f"cannot be written as JSON: {_the(kind)} is not JSON")
    if isinstance(data, date):
        return data.isoformat()
    if hasattr(data, "item") and getattr(data, "shape", None) == ():  # a numpy scalar
        return _plain(data.item())
    for plain, get in _PLAIN_PART.items():
        if isinstance(data, plain):
            return get(data)
    raise MetadataError(f"cannot be written as JSON: {_the(kind)} is not JSON")


def _name(name: object) -> str:
    if isinstance(name, str):
        return str.__str__(name)
    if name is None or isinstance(name, bool):
        return {None: "null", True: "true", False: "false"}[name]
    if isinstance(name, int | float):
        return str(name)
    raise MetadataError(f"cannot be written as JSON: {_the(type(name))} cannot be a name in it")


def _the(kind: type) -> str:
    return f"{'an' if kind.__name__[0] in 'aeiou' else 'a'} {kind.__name__}"


def seconds_of(value: "SupportsFloat | datetime") -> float:
    """A moment as seconds since 1970 (UTC).

    Raises:
        ArgumentError: a datetime without a time zone, or no moment at all.
    """
    if isinstance(value, datetime):
        if value.tzinfo is None:
            raise ArgumentError(f"has no time zone: {value}", hint="use datetime.now(timezone.utc)")
        return value.timestamp()
    kinds = float if spoken().strict_data else SupportsFloat
    if isinstance(value, str) or not isinstance(value, kinds):
        raise ArgumentError(f"a timestamp is a number or a datetime, got {value!r:.40}")
    seconds = float(value)
    if not isfinite(seconds):
        raise ArgumentError(f"timestamp {seconds} is no moment")
    return seconds
