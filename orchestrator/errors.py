"""Every error orch raises, with a stable code, the places it is about and what to do next.

The tree has one class per kind of mistake a caller can tell apart. `cli/failure.py` maps the classes to exit codes;
nothing here knows about printing.
"""

from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, ClassVar

from msgspec import Struct

from orchestrator.config_paths import ConfigStack, ConfigStackEntry


class SourceRef(Struct, frozen=True, order=True):
    """A place in a user's file."""

    #: Absolute path of the file.
    file: str
    #: Line, counted from 1.
    line: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


class Frame(Struct, frozen=True):
    """One line of a user's traceback."""

    file: str
    line: int
    function: str
    code: str = ""


class ErrorInfo(Struct, frozen=True, kw_only=True):
    """An exception of user code as data: what crosses processes, enters events and is shown.

    `frames` are the user's own, outermost first; `traceback` is the full text for the log.
    """

    type: str
    message: str
    frames: tuple[Frame, ...] = ()
    traceback: str = ""
    hint: str | None = None
    #: The exception it was raised from.
    cause: "ErrorInfo | None" = None


class ProblemReason(Enum):
    """What kind of thing is wrong with config."""

    MISMATCH = "RUNTIME_TYPE_MISMATCH"
    MISSING = "MISSING_REQUIRED_FIELD"
    SEVERAL_MISSING = "MISSING_REQUIRED_FIELDS"
    UNKNOWN = "FIELD_NOT_DEFINED"
    SEVERAL_UNKNOWN = "FIELDS_NOT_DEFINED"
    CHOICE = "SELECTOR_FIELD_ERROR"
    VALUE = "FAILED_POST_PROCESSING"


_OF_PARENT = frozenset(
    {ProblemReason.MISSING, ProblemReason.SEVERAL_MISSING, ProblemReason.UNKNOWN, ProblemReason.SEVERAL_UNKNOWN}
)


class ConfigProblem(Struct, frozen=True, kw_only=True):
    """One thing that is wrong with a run config."""

    #: Where in the config: `("ops", "load", "config", "limit")`.
    path: tuple[str, ...]
    #: What is wrong: expected and got; never a secret value.
    message: str
    #: The nearest valid name, or what to do.
    hint: str | None = None
    #: Where it is written, if in a file.
    source: SourceRef | None = None
    reason: ProblemReason = ProblemReason.MISMATCH

    @property
    def stack(self) -> ConfigStack:
        """Where in the config, as names of fields and places in lists; of a missing or unknown field, what would hold it."""
        of_parent = self.reason in _OF_PARENT
        return ConfigStack(tuple(ConfigStackEntry(part) for part in (self.path[:-1] if of_parent else self.path)))


class OrchestratorError(Exception):
    """Base of all errors of orch.

    Args:
        message: what is wrong, in one sentence or a short list.
        hint: what to do about it.
        sources: every place in the user's files that is involved.
    """

    code: ClassVar[str] = "E000"

    def __init__(self, message: str, *, hint: str | None = None, sources: tuple[SourceRef, ...] = ()) -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint
        self.sources = sources

    def __str__(self) -> str:
        lines = [self.message]
        lines += [f"  at {source}" for source in self.sources]
        if self.hint:
            lines.append(f"hint: {self.hint}")
        return "\n".join(lines)


class DefinitionError(OrchestratorError):
    """A definition says something impossible: a bad name, parameter, dependency or return value."""

    code = "E100"


class UnsupportedParameterError(TypeError, DefinitionError):
    """A parameter of the public API that is unknown, or not there yet."""

    code = "E101"

    def __init__(self, message: str, *, hint: str | None = None, sources: tuple[SourceRef, ...] = ()) -> None:
        DefinitionError.__init__(self, message, hint=hint, sources=sources)

    __str__ = DefinitionError.__str__


class DuplicateDefinitionError(DefinitionError):
    """Two definitions claim one key or one name."""

    code = "E102"


class CycleError(DefinitionError):
    """Assets depend on each other in a circle."""

    code = "E103"


class UnresolvedInputError(DefinitionError):
    """An input needs the value of an asset that nobody defines."""

    code = "E104"


class MissingResourceError(DefinitionError):
    """A resource or IO manager key that nobody provides."""

    code = "E105"


class NoValueError(DefinitionError):
    """An input needs the value of an asset that stores none."""

    code = "E106"


class InvocationError(OrchestratorError):
    """An op, asset or graph is called in a way it cannot be called."""

    code = "E107"


class MetadataError(OrchestratorError):
    """A value is of a kind that metadata cannot hold."""

    code = "E108"


class ConfigDefinitionError(OrchestratorError):
    """A config schema says something impossible."""

    code = "E109"


class ConfigError(OrchestratorError):
    """Run config does not fit the schemas of what it configures; `problems` lists everything at once."""

    code = "E110"

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        sources: tuple[SourceRef, ...] = (),
        problems: tuple[ConfigProblem, ...] = (),
        errors: Sequence[ConfigProblem] | None = None,
        config_value: Any = None,
    ) -> None:
        super().__init__(message, hint=hint, sources=sources)
        self.problems = problems
        #: The same with all fields that are missing in one mapping, or unknown in it, as one.
        self.errors = list(problems if errors is None else errors)
        #: The config, as it was given.
        self.config_value = config_value


class ConfigClassError(OrchestratorError):
    """A class cannot be config, or has a field that config cannot hold."""

    code = "E112"


class ArgumentError(DefinitionError):
    """An argument of the public API is of a kind it cannot be."""

    code = "E111"


class LoadError(OrchestratorError):
    """A code location cannot be loaded.

    `error` carries the user's own frames where user code raised.
    """

    code = "E200"

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        sources: tuple[SourceRef, ...] = (),
        error: ErrorInfo | None = None,
    ) -> None:
        super().__init__(message, hint=hint, sources=sources)
        self.error = error


class SettingsError(OrchestratorError):
    """workspace.yaml or pyproject.toml says something orch cannot read."""

    code = "E201"


class NoTargetError(OrchestratorError):
    """Nothing says which code location to use."""

    code = "E300"


class UnknownNameError(OrchestratorError):
    """A key, job, location or run that does not exist."""

    code = "E301"


class UnknownAssetError(KeyError, UnknownNameError):
    """An asset that does not exist, where it is looked up by its key."""

    code = "E309"

    __init__ = UnknownNameError.__init__
    __str__ = UnknownNameError.__str__


class UnknownStoredAssetError(UnknownNameError, DefinitionError):
    """An asset whose value is to be loaded, and which no definition makes."""

    code = "E313"


class UnknownRunError(UnknownNameError):
    """A run that does not exist."""

    code = "E305"


class UnknownStepError(UnknownNameError):
    """A step that a run does not have."""

    code = "E306"


class UnknownPartitionError(UnknownNameError):
    """A partition key that does not exist."""

    code = "E307"


class UnknownName(Struct, frozen=True):
    """A name that does not exist."""

    #: What it was to name: `asset`.
    kind: str
    name: str
    #: The nearest that exist, or all there are.
    hint: str | None = None


class SelectionError(OrchestratorError):
    """A selection cannot be read, names something unknown, or matches nothing.

    `text` and `position` (counted from 0) point at the offending character where there is one.
    """

    code = "E302"

    def __init__(
        self,
        message: str,
        *,
        text: str | None = None,
        position: int | None = None,
        hint: str | None = None,
        sources: tuple[SourceRef, ...] = (),
    ) -> None:
        super().__init__(message, hint=hint, sources=sources)
        self.text = text
        self.position = position
        #: The names in it that do not exist, if that is all that is wrong.
        self.unknown: tuple[UnknownName, ...] = ()

    def __str__(self) -> str:
        if self.text is None or self.position is None:
            return super().__str__()
        return "\n".join(
            [self.message, f"  {self.text}", f"  {' ' * self.position}^", *super().__str__().split("\n")[1:]]
        )


class UnreadableSelectionError(SelectionError):
    """A selection cannot be read."""


class SubsetError(SelectionError):
    """A selection names what does not exist, or a part that cannot be run alone."""


class UsageError(OrchestratorError):
    """A request that makes no sense as it stands."""

    code = "E303"


class PlanError(OrchestratorError):
    """A run that cannot be planned as requested."""

    code = "E304"


class ExecutorRequirementError(PlanError):
    """An executor cannot run what it is asked to."""

    code = "E308"


class ExecutionError(OrchestratorError):
    """A step failed in a way that is not an exception of the user's code."""

    code = "E400"


class StepTimeoutError(ExecutionError):
    """A step took longer than it may."""

    code = "E403"


class UserCodeError(ExecutionError):
    """Code of the user that orch called for a step raised; the cause is what it raised."""

    code = "E410"


class StepExecutionError(UserCodeError):
    """The function of an op or asset raised."""

    code = "E411"


class LoadInputError(UserCodeError):
    """An IO manager raised while it loaded an input."""

    code = "E412"


class HandleOutputError(UserCodeError):
    """An IO manager raised while it stored an output."""

    code = "E413"


class ResourceError(UserCodeError):
    """A resource raised while it was set up."""

    code = "E414"


class TypeCheckFunctionError(UserCodeError):
    """The function that checks a type raised, or returned something else than a verdict."""

    code = "E415"


class HookError(UserCodeError):
    """A hook raised."""

    code = "E416"


class ConfigMappingError(UserCodeError):
    """A function that makes config raised."""

    code = "E417"


class InvariantError(ExecutionError):
    """A function did what its definition does not allow: an unknown output, one made twice, a call out of place."""

    code = "E420"


class ObservationError(ExecutionError):
    """A function that observes assets returned something else than an observation."""

    code = "E426"


class ReturnedError(InvariantError, DefinitionError):
    """A function that makes definitions returned something else."""

    code = "E113"


class MergeError(InvariantError, DuplicateDefinitionError):
    """Definitions that are joined give one name to different things."""

    code = "E112"


class UnknownDefinitionError(UnknownNameError, InvariantError):
    """A definition that does not exist, where it is looked up by its name."""

    code = "E310"


class TypeCheckError(ExecutionError):
    """A value is not of the type its input or output asks for; `metadata` is what the check says about it."""

    code = "E421"

    def __init__(
        self,
        message: str,
        *,
        hint: str | None = None,
        sources: tuple[SourceRef, ...] = (),
        metadata: Mapping[str, Any] | None = None,
    ) -> None:
        super().__init__(message, hint=hint, sources=sources)
        self.metadata = metadata or {}


class MissingOutputError(ExecutionError):
    """A step ended without making an output it must make."""

    code = "E422"


class UnknownResourceError(ExecutionError, AttributeError):
    """Code asked its context for a resource it did not require."""

    code = "E423"


class StoredValueError(FileNotFoundError, ExecutionError):
    """A value that an input needs was never stored, or is gone."""

    code = "E424"

    def __init__(self, message: str, *, hint: str | None = None, sources: tuple[SourceRef, ...] = ()) -> None:
        ExecutionError.__init__(self, message, hint=hint, sources=sources)

    __str__ = ExecutionError.__str__


class ContextError(ExecutionError):
    """Code asked its context for something that it does not know where the code is called."""

    code = "E425"


class MaxRetriesExceededError(ExecutionError):
    """A step failed and may not be tried again any more; the cause is what it raised last."""

    code = "E426"


class StoreError(OrchestratorError):
    """The home or its database cannot be used."""

    code = "E500"
