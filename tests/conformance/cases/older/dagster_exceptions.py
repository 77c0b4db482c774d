import dagster as dg
from observe import see

import builtins

# The tree of errors.

NAMES = [
    "DagsterConfigMappingFunctionError",
    "DagsterError",
    "DagsterEventLogInvalidForRun",
    "DagsterExecutionInterruptedError",
    "DagsterExecutionStepExecutionError",
    "DagsterExecutionStepNotFoundError",
    "DagsterInvalidConfigDefinitionError",
    "DagsterInvalidConfigError",
    "DagsterInvalidDefinitionError",
    "DagsterInvalidInvocationError",
    "DagsterInvalidSubsetError",
    "DagsterInvariantViolationError",
    "DagsterResourceFunctionError",
    "DagsterRunNotFoundError",
    "DagsterStepOutputNotFoundError",
    "DagsterSubprocessError",
    "DagsterTypeCheckDidNotPass",
    "DagsterTypeCheckError",
    "DagsterUnknownPartitionError",
    "DagsterUnknownResourceError",
    "DagsterUnmetExecutorRequirementsError",
    "DagsterUserCodeExecutionError",
    "Failure",
    "RetryRequested",
]
public = {getattr(dg, n): n for n in NAMES}
for name in NAMES:
    cls = getattr(dg, name)
    see(
        name,
        [
            public[b] if b in public else b.__name__
            for b in cls.__mro__[1:]
            if b in public or getattr(builtins, b.__name__, None) is b
        ],
    )
