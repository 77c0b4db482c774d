"""The JSON form of events and records in a database."""

from typing import Any, get_args

import msgspec

from orchestrator.runs.events import Event
from orchestrator.runs.records import Run

#: The tag of each class of events: its `type` in JSON.
EVENT_TYPES: dict[type, str] = {kind: kind.__struct_config__.tag for kind in get_args(Event)}

_encode = msgspec.json.Encoder().encode
#: Text to event.
decode_event = msgspec.json.Decoder[Event](Event).decode
#: Text to run.
decode_run = msgspec.json.Decoder(Run).decode


def encode(value: object) -> str:
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
