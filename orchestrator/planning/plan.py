"""The plan: what a run will do, as data. `--dry-run` shows the very object that would run."""

from collections.abc import Mapping

from msgspec import Struct

from orchestrator.definitions.metadata import AnyMetadataValue
from orchestrator.errors import SourceRef


class StepInput(Struct, frozen=True, kw_only=True):
    """An upstream asset of a step."""

    #: The function's parameter, or the key for an order-only dependency.
    name: str
    key: str
    loads: bool
    #: Resource of the step's own location that loads the value.
    io_manager_key: str = "io_manager"
    #: Whether this run makes it.
    in_run: bool = False
    #: Where the upstream is defined.
    source: SourceRef | None = None
    #: Definition metadata of the upstream, for IO managers.
    metadata: Mapping[str, AnyMetadataValue] = {}


class StepOutput(Struct, frozen=True, kw_only=True):
    """An asset a step makes."""

    name: str
    key: str
    required: bool = True
    code_version: str | None = None


class Step(Struct, frozen=True, kw_only=True):
    """One call of one node."""

    #: Unique in the plan.
    key: str
    location: str
    #: The node's name in its location.
    node: str
    source: SourceRef
    inputs: tuple[StepInput, ...] = ()
    outputs: tuple[StepOutput, ...] = ()
    #: Keys of the steps that must end well first.
    upstream: tuple[str, ...] = ()

    @property
    def assets(self) -> tuple[str, ...]:
        """The keys of the assets it makes."""
        return tuple(output.key for output in self.outputs)


class RunPlan(Struct, frozen=True, kw_only=True):
    """Steps in dependency order."""

    steps: tuple[Step, ...]
    job: str | None = None
    #: What was asked for, in the selection language.
    selection: str = ""
    tags: Mapping[str, str] = {}
    #: What a person should know about how the request was read.
    notes: tuple[str, ...] = ()

    @property
    def assets(self) -> tuple[str, ...]:
        """The keys of all assets it makes, in order."""
        return tuple(output.key for step in self.steps for output in step.outputs)
