"""Events, records and plain data as JSON text."""

from typing import Any

import msgspec


def _plain(value: Any) -> Any:
    """The text or number that an object of a type of the user is."""
    match value:
        case str():
            return str.__str__(value)
        case int():
            return int.__int__(value)
        case float():
            return float.__float__(value)
        case _:
            raise TypeError(f"there is no JSON for an object of type {type(value).__qualname__}")


_encode = msgspec.json.Encoder(enc_hook=_plain).encode


def encode_json(value: object) -> str:
    r"""Text of an event, a record or plain data.

    A log line or an error may quote a file name that is no valid UTF-8; what JSON cannot hold of it becomes `\udcff`.
    """
    try:
        return _encode(value).decode()
    except UnicodeEncodeError:
        return _encode(_escaped(to_plain(value))).decode()


def to_plain(value: object) -> Any:
    """An event or a record as dicts, lists, texts and numbers."""
    return msgspec.to_builtins(value, enc_hook=_plain)


def _escaped(value: Any) -> Any:
    match value:
        case str():
            return value.encode(errors="backslashreplace").decode()
        case dict():
            return {_escaped(name): _escaped(item) for name, item in value.items()}
        case list() | tuple():
            return [_escaped(item) for item in value]
        case _:
            return value
