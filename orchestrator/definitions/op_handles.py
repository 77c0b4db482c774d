"""Where an op is in a job."""

from typing import NamedTuple


class OpHandle(NamedTuple):
    """Where an op is in a job: names of the graphs around it, and its own."""

    path: tuple[str, ...]

    @classmethod
    def of_step(cls, step: str) -> "OpHandle":
        """The op of a step, whatever the step's mapping key."""
        return cls(tuple(step.partition("[")[0].split(".")))

    @property
    def name(self) -> str:
        """The name of the op where it is."""
        return self.path[-1]

    @property
    def parent(self) -> "OpHandle | None":
        """The graph around it, if there is one inside the job."""
        return OpHandle(self.path[:-1]) if len(self.path) > 1 else None

    def __str__(self) -> str:
        return ".".join(self.path)
