"""The JSON form of events and records in a database."""

from typing import get_args

import msgspec

from orchestrator.runs.events import Event
from orchestrator.runs.records import Run

#: The tag of each class of events: its `type` in JSON.
EVENT_TYPES: dict[type, str] = {kind: kind.__struct_config__.tag for kind in get_args(Event)}

#: Text to event.
decode_event = msgspec.json.Decoder[Event](Event).decode
#: Text to run.
decode_run = msgspec.json.Decoder(Run).decode
