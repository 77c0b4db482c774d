"""What a hook is given."""

import logging
from collections.abc import Collection, Mapping
from types import TracebackType
from typing import Any, Self

from orchestrator.definitions.hooks import HookDefinition
from orchestrator.definitions.metadata import AnyMetadataValue
from orchestrator.errors import ContextError, DefinitionError, InvariantError
from orchestrator.execution.built_resources import BuiltResources
from orchestrator.execution.logs import direct_logger

#: What `build_hook_context` can be given; only a run sets the rest.
_BUILDABLE = frozenset({"instance", "job_name", "op", "run_id"})


class HookContext:
    """What a hook can know about the step that ended. Asking for what was not set raises ContextError."""

    #: The hook that is called.
    hook_def: HookDefinition
    #: The definition of the step's op.
    op: Any
    #: The step's name.
    step_key: str
    job_name: str
    run_id: str
    #: The config of the op; None if it has none.
    op_config: Any
    #: What the function raised; None if the step succeeded.
    op_exception: BaseException | None
    #: What the step made, by output name; by mapping key below a dynamic output.
    op_output_values: Mapping[str, Any]
    #: The metadata of what it made, by output name; by mapping key below a dynamic output.
    op_output_metadata: Mapping[str, Mapping[str, AnyMetadataValue] | Mapping[str, Mapping[str, AnyMetadataValue]]]
    #: The instance the run is recorded in.
    instance: Any
    #: Messages go to the log of the run.
    log: logging.Logger | logging.LoggerAdapter[logging.Logger]
    #: The resources that the hook requires, as attributes.
    resources: Any
    #: Where they are from, if the context was built by hand.
    built_resources: BuiltResources

    def __init__(self, **given: Any) -> None:
        self.__dict__.update(given)

    @property
    def required_resource_keys(self) -> frozenset[str]:
        """The keys of the resources that the hook requires."""
        return self.hook_def.required_resource_keys

    @property
    def resource_keys(self) -> Collection[str]:
        """The keys of the resources there are."""
        return frozenset(vars(self.resources))

    def for_hook(self, hook_def: HookDefinition) -> "HookContext":
        """The same for one hook."""
        return HookContext(**{**self.__dict__, "hook_def": hook_def})

    def __enter__(self) -> Self:
        self.built_resources.enter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        """Tear down the resources it was built with."""
        self.built_resources.close()

    def __getattr__(self, name: str) -> Any:
        if name == "resources" and "built_resources" in self.__dict__:
            return self.built_resources.attributes
        if name not in HookContext.__annotations__:
            raise AttributeError(f"a HookContext has no attribute `{name}`")
        hint = f"build_hook_context({name}=...)" if name in _BUILDABLE else "only a run sets it"
        kind = InvariantError if name == "instance" else ContextError
        raise kind(f"`{name}` of this HookContext is not set", hint=hint)


def build_hook_context(
    resources: Mapping[str, Any] | None = None,
    op: Any = None,
    run_id: str | None = None,
    job_name: str | None = None,
    op_exception: BaseException | None = None,
    instance: Any = None,
) -> HookContext:
    """A context to call a hook with in a test.

    Args:
        resources: what the hook finds in `context.resources`.
        op: the op whose step ended.
        run_id: of the run.
        job_name: of the job.
        op_exception: what the step failed with.
        instance: the instance the run would be recorded in.

    Raises:
        DefinitionError: `op_exception` is no exception, or `op` is no op.
    """
    if op_exception is not None and not isinstance(op_exception, BaseException):
        raise DefinitionError(f"`op_exception` must be an exception, got {op_exception!r:.60}")
    if op is not None and not hasattr(op, "name"):
        raise DefinitionError(f"`op` must be an op, got {op!r:.60}")
    given = {"op": op, "run_id": run_id, "job_name": job_name, "instance": instance}
    return HookContext(
        op_exception=op_exception,
        log=direct_logger(),
        built_resources=BuiltResources(resources, None, instance, "build_hook_context"),
        **{name: value for name, value in given.items() if value is not None},
    )
