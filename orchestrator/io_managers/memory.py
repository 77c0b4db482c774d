"""An IO manager for tests and small runs: values stay in memory."""

from typing import Any

from orchestrator.definitions.io import InputContext, IOManager, OutputContext
from orchestrator.errors import ExecutionError


class InMemoryIOManager(IOManager):
    """Keeps values in this process; they are gone when it ends."""

    value_home = "memory"

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}

    def handle_output(self, context: OutputContext, obj: Any) -> None:
        """Keep a value."""
        self.values[context.asset_key.to_user_string()] = obj

    def load_input(self, context: InputContext) -> Any:
        """Return the value kept.

        Raises:
            ExecutionError: there is none.
        """
        key = context.asset_key.to_user_string()
        if key not in self.values:
            raise ExecutionError(f"no value of `{key}` is in memory", hint=f"select `{key}` in the same run")
        return self.values[key]


#: An IO manager that keeps values in memory, by Dagster's name.
mem_io_manager = InMemoryIOManager()
