"""Nothing that config read from the environment leaves a step in what orch records of it."""

from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from msgspec import Struct

from orchestrator.definitions.env import secrets

#: What a step says in its own words or user code's; everything else in an event is a name that must stay itself.
_SPOKEN = ("message", "error", "metadata", "description", "extra", "label")


def redacting(emit: Callable[[Any], None]) -> Callable[[Any], None]:
    """The same, with the values of environment variables replaced by their names."""

    def emit_redacted(event: Any) -> None:
        emit(redacted(event) if secrets.known else event)

    return emit_redacted


def redacted(event: Any) -> Any:
    """An event without the values of environment variables in messages, errors and metadata."""
    if not isinstance(event, Struct):
        return event
    spoken = {name: getattr(event, name) for name in _SPOKEN if name in event.__struct_fields__}
    return _replaced(event, {name: _clean(value) for name, value in spoken.items()})


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return secrets.redact(value)
    if isinstance(value, Mapping):
        return {_clean(key): _clean(one) for key, one in value.items()}
    if isinstance(value, list | tuple) and type(value) in (list, tuple):
        return type(value)(map(_clean, value))
    if isinstance(value, Struct):
        return _replaced(value, {name: _clean(getattr(value, name)) for name in value.__struct_fields__})
    return value


def _replaced(value: Struct, cleaned: Mapping[str, Any]) -> Struct:
    """A copy with the fields that changed; the same object if none did."""
    changes = {name: one for name, one in cleaned.items() if one != getattr(value, name)}
    return msgspec.structs.replace(value, **changes) if changes else value
