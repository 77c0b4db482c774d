"""An IO manager for tests and small runs: values stay in memory."""

from typing import Any

from orchestrator.definitions.io import IOManager
from orchestrator.definitions.io_contexts import InputContext, OutputContext
from orchestrator.errors import StoredValueError


class InMemoryIOManager(IOManager):
    """Keeps values in this process; they are gone when it ends."""

    value_home = "memory"

    def __init__(self) -> None:
        #: Values by the text form of the asset's key, or by run, step, output and mapping key.
        self.values: dict[str | tuple[str, ...], Any] = {}

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Keep a value."""
        self.values[_place(context)] = obj

    def load_input(self, context: InputContext) -> Any:
        """Return the value kept.

        Raises:
            StoredValueError: there is none.
        """
        place = _place(context)
        if place not in self.values:
            name = place if isinstance(place, str) else ".".join(place[1:])
            raise StoredValueError(f"no value of `{name}` is in memory", hint=f"select `{name}` in the same run")
        return self.values[place]


def _place(context: InputContext | OutputContext) -> str | tuple[str, ...]:
    return context.asset_key.to_user_string() if context.has_asset_key else tuple(context.get_identifier())
