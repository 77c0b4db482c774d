"""Where steps run: executors, by name."""

from typing import Any


class ExecutorDefinition:
    """Names the executor that runs the steps of a job or of a code location."""

    __slots__ = ("config", "kind", "name")

    def __init__(self, name: str, config: Any = None, kind: str = "") -> None:
        self.name = name
        self.config = config
        #: Which executor it is, whatever name it was given.
        self.kind = kind or name

    def configured(self, config_or_config_fn: Any, name: str | None = None, **_: Any) -> "ExecutorDefinition":
        """The same executor with config, under another name if one is given."""
        return ExecutorDefinition(name or self.name, config_or_config_fn, self.kind)

    def __repr__(self) -> str:
        return f"<executor {self.name}>"


#: Runs one step at a time, in the process that loaded the code location.
in_process_executor = ExecutorDefinition("in_process")
#: Runs several steps at once, in worker processes.
multiprocess_executor = ExecutorDefinition("multiprocess")
#: Either of these two, as run config says; one step at a time if it does not.
multi_or_in_process_executor = ExecutorDefinition("multi_or_in_process_executor")
#: Runs steps on a Dask cluster.
dask_executor = ExecutorDefinition("dask")
