"""Where steps run: executors, by name."""

from typing import Any


class ExecutorDefinition:
    """Names the executor that runs the steps of a job or of a code location."""

    __slots__ = ("config", "name")

    def __init__(self, name: str, config: Any = None) -> None:
        self.name = name
        self.config = config

    def configured(self, config_or_config_fn: Any, name: str | None = None, **_: Any) -> "ExecutorDefinition":
        """The same executor with config, under another name if one is given."""
        return ExecutorDefinition(name or self.name, config_or_config_fn)

    def __repr__(self) -> str:
        return f"<executor {self.name}>"


#: Runs one step at a time, in the process that loaded the code location.
in_process_executor = ExecutorDefinition("in_process")
