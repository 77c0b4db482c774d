"""Rows of the books of automation, the same in every database."""

from typing import Any

import msgspec

from orchestrator.runs.ticks import AutomationState, RunRequestRecord, TickRecord

#: Text to tick.
decode_tick = msgspec.json.Decoder(TickRecord).decode
#: Text to request.
decode_request = msgspec.json.Decoder(RunRequestRecord).decode


def state_of(row: tuple[Any, ...]) -> AutomationState:
    """The state that a row holds: its columns are the fields, in their order."""
    return AutomationState(**dict(zip(AutomationState.__struct_fields__, row, strict=True)))
