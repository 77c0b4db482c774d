"""Events, records and plain data as JSON text."""

from typing import Any

import msgspec

_encode = msgspec.json.Encoder().encode


def encode_json(value: object) -> str:
    r"""Text of an event, a record or plain data.

    A log line or an error may quote a file name that is no valid UTF-8; what JSON cannot hold of it becomes `\udcff`.
    """
    try:
        return _encode(value).decode()
    except UnicodeEncodeError:
        return _encode(_escaped(msgspec.to_builtins(value))).decode()


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
