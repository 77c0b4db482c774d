"""A run as a stream of events."""

from typing import Any

from orchestrator.runs.events import Event
from orchestrator.runs.text import encode_json, to_plain

from .output import Output
from .times import iso


class JsonView:
    """One event a line."""

    def __init__(self, output: Output) -> None:
        self._output = output

    def __call__(self, event: Event) -> None:
        """Write the event."""
        self._output.data_now(encode_json(event_json(event)))

    def interrupted(self) -> None:
        """Nothing to say: the events tell."""

    def close(self) -> None:
        """Nothing to do."""

    def say(self, text: str) -> None:
        """Tell the person something, from any thread."""
        self._output.talk(text)

    def pause(self) -> None:
        """Nothing to do."""

    def resume(self) -> None:
        """Nothing to do."""


def event_json(event: Event) -> dict[str, Any]:
    """An event as `--format json` writes it: type, run and time first."""
    data: dict[str, Any] = to_plain(event)
    data.pop("wiring", None)  # long, and of use to nobody but a run that goes on with this one
    first = {"type": data.pop("type"), "run_id": data.pop("run_id"), "timestamp": iso(data.pop("timestamp"))}
    return first | data
