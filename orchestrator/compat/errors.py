"""Dagster's error classes and ours.

Each public error class of Dagster is one class of ours, and no two are the same, so that `except` and `pytest.raises`
keep their meaning. Classes that Dagster does not make public, but whose names people know from its messages, follow in
a second table.
"""

from orchestrator import errors
from orchestrator.definitions.metadata_values import AssetMetadataValue, JobMetadataValue, RunMetadataValue
from orchestrator.workspace.worker_process import WorkerDiedError

#: Dagster's public error class -> ours, one to one.
ERRORS: dict[str, type[BaseException]] = {
    "DagsterConfigMappingFunctionError": errors.ConfigMappingError,
    "DagsterError": errors.OrchestratorError,
    "DagsterEventLogInvalidForRun": errors.StoreError,
    "DagsterExecutionInterruptedError": KeyboardInterrupt,
    "DagsterExecutionStepExecutionError": errors.StepExecutionError,
    "DagsterExecutionStepNotFoundError": errors.UnknownStepError,
    "DagsterInvalidConfigDefinitionError": errors.ConfigDefinitionError,
    "DagsterInvalidConfigError": errors.ConfigError,
    "DagsterInvalidDefinitionError": errors.DefinitionError,
    "DagsterInvalidInvocationError": errors.InvocationError,
    "DagsterInvalidSubsetError": errors.SubsetError,
    "DagsterInvariantViolationError": errors.InvariantError,
    "DagsterResourceFunctionError": errors.ResourceError,
    "DagsterRunNotFoundError": errors.UnknownRunError,
    "DagsterStepOutputNotFoundError": errors.MissingOutputError,
    "DagsterSubprocessError": WorkerDiedError,
    "DagsterTypeCheckDidNotPass": errors.TypeCheckError,
    "DagsterTypeCheckError": errors.TypeCheckFunctionError,
    "DagsterUnknownPartitionError": errors.UnknownPartitionError,
    "DagsterUnknownResourceError": errors.UnknownResourceError,
    "DagsterUnmetExecutorRequirementsError": errors.ExecutorRequirementError,
    "DagsterUserCodeExecutionError": errors.UserCodeError,
}

#: Dagster's other error classes -> what stands for them; several may be one of ours.
MORE_ERRORS: dict[str, type[BaseException]] = {
    "CheckError": errors.DefinitionError,
    "DagsterCodeLocationLoadError": errors.LoadError,
    "DagsterExecutionHandleOutputError": errors.HandleOutputError,
    "DagsterExecutionLoadInputError": errors.LoadInputError,
    "DagsterHomeNotSetError": errors.NoTargetError,
    "DagsterImportError": errors.LoadError,
    "DagsterInvalidAssetKey": errors.DefinitionError,
    "DagsterInvalidAssetSelectionError": errors.UnreadableSelectionError,
    "DagsterInvalidDagsterTypeInPythonicConfigDefinitionError": errors.ConfigClassError,
    "DagsterInvalidMetadata": errors.MetadataError,
    "DagsterInvalidObservationError": errors.ObservationError,
    "DagsterInvalidPropertyError": errors.ContextError,
    "DagsterMaxRetriesExceededError": errors.MaxRetriesExceededError,
    "DagsterInvalidPythonicConfigDefinitionError": errors.ConfigClassError,
    "DagsterUserCodeLoadError": errors.LoadError,
    "ElementCheckError": errors.DefinitionError,
    "HookExecutionError": errors.HookError,
    "ParameterCheckError": errors.DefinitionError,
}

#: What Dagster's users read in its messages, for those of ours that no public class stands for.
_SPOKEN: dict[type[BaseException], str] = {
    errors.ArgumentError: "ParameterCheckError",
    errors.ConfigClassError: "DagsterInvalidPythonicConfigDefinitionError",
    errors.HandleOutputError: "DagsterExecutionHandleOutputError",
    errors.HookError: "HookExecutionError",
    errors.LoadError: "DagsterUserCodeLoadError",
    errors.LoadInputError: "DagsterExecutionLoadInputError",
    errors.MaxRetriesExceededError: "DagsterMaxRetriesExceededError",
    errors.MetadataError: "DagsterInvalidMetadata",
    errors.ObservationError: "DagsterInvalidObservationError",
    errors.UnreadableSelectionError: "DagsterInvalidAssetSelectionError",
    errors.StoredValueError: "FileNotFoundError",
    errors.UnknownAssetError: "KeyError",
    errors.UnsupportedParameterError: "TypeError",
    **{ours: name for name, ours in ERRORS.items() if ours is not KeyboardInterrupt},
}


def dagster_name(error: type[BaseException]) -> str:
    """What Dagster calls an error class; for one of ours without a counterpart, its nearest base that has one."""
    return next((_SPOKEN[base] for base in error.__mro__ if base in _SPOKEN), error.__name__)


def speak_dagster() -> None:
    """Call our error classes by Dagster's names wherever a program prints `type(error).__name__`.

    Tracebacks and pickles use the qualified name, which stays ours. The same for kinds of metadata values.
    """
    for value in (AssetMetadataValue, JobMetadataValue, RunMetadataValue):
        value.__name__ = f"Dagster{value.__name__}"
    stack: list[type[BaseException]] = [errors.OrchestratorError]
    while stack:
        error = stack.pop()
        stack += error.__subclasses__()
        error.__name__ = dagster_name(error)
