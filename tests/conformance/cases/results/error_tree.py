import dagster as dg
from observe import see

# How the public error classes relate.

names = [
    "DagsterInvalidDefinitionError",
    "DagsterInvalidConfigError",
    "DagsterInvalidInvocationError",
    "DagsterInvalidSubsetError",
    "DagsterInvariantViolationError",
    "DagsterUserCodeExecutionError",
    "DagsterExecutionStepExecutionError",
    "DagsterResourceFunctionError",
    "DagsterTypeCheckDidNotPass",
    "DagsterTypeCheckError",
    "DagsterUnknownResourceError",
    "DagsterStepOutputNotFoundError",
    "DagsterExecutionStepNotFoundError",
    "DagsterRunNotFoundError",
    "DagsterSubprocessError",
    "DagsterUnmetExecutorRequirementsError",
    "DagsterConfigMappingFunctionError",
    "DagsterInvalidConfigDefinitionError",
    "DagsterUnknownPartitionError",
    "DagsterEventLogInvalidForRun",
    "DagsterExecutionInterruptedError",
    "Failure",
    "RetryRequested",
    "DagsterError",
]
for name in names:
    found = getattr(dg, name)
    see(name, sorted(other for other in names if other != name and issubclass(found, getattr(dg, other))))
    see(name + " is an Exception", issubclass(found, Exception))
