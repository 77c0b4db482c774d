"""Contexts for calling the functions of ops and assets in a test."""

from collections.abc import Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.keys import CoercibleToAssetKey, key_text
from orchestrator.definitions.ops import OpDefinition
from orchestrator.definitions.resources import Resources
from orchestrator.definitions.results import AssetMaterialization, AssetObservation, ExpectationResult
from orchestrator.definitions.signature import Signature
from orchestrator.definitions.tags import check_run_tags
from orchestrator.definitions.upward import fetch
from orchestrator.errors import ArgumentError, ContextError, DefinitionError, InvocationError, SourceRef
from orchestrator.execution.built_resources import BuiltResources
from orchestrator.execution.contexts import AssetExecutionContext, RunInfo, StepInfo
from orchestrator.execution.logs import direct_logger

#: Stands for the function until one is called.
_NO_OP = OpDefinition.of_parts(
    name="(nothing called yet)",
    function=lambda: None,
    signature=Signature(),
    ins={},
    outs={},
    source=SourceRef("", 0),
)


def _of_a_run(name: str) -> Any:
    """What the context of a run knows, and this one does not."""

    def missing(_: object) -> Any:
        raise ContextError(f"`context.{name}` is known in a run only, and this function was called without one")

    return property(missing, doc="Known in a run only.")


class DirectContext(AssetExecutionContext):
    """The `context` of a function that is called without a run. Made by `build_op_context` and `build_asset_context`.

    It knows what it was built with and, once a function was called with it, what that function is and what it added.
    """

    def __init__(
        self,
        *,
        resources: Mapping[str, Any] | None = None,
        resources_config: Mapping[str, Any] | None = None,
        config: Any = None,
        run_tags: Mapping[str, str] | None = None,
        partition_key: str | None = None,
        mapping_key: str | None = None,
        instance: Any = None,
    ) -> None:
        self.built_resources = BuiltResources(resources, resources_config, instance, "build_op_context")
        self.given_config = config
        self._run = RunInfo(run_id="EPHEMERAL", tags=check_run_tags(run_tags, "a context"))
        self._mapping_key = mapping_key
        self._partition_key = partition_key
        self._instance = instance
        self._given_metadata: dict[tuple[str, str | None], dict[str, Any]] = {}
        self._events: list[Any] = []
        super().__init__(self._info(_NO_OP, None, None, config))

    def bind(
        self, op: OpDefinition, assets: AssetsDefinition | None, resources: Mapping[str, Any], config: Any
    ) -> None:
        """Tell the context which function is called with it, and what for; what an earlier one added is forgotten."""
        self.added_metadata.clear()
        self._given_metadata.clear()
        self._events.clear()
        self._step = self._info(op, assets, resources, config)

    def _info(
        self, op: OpDefinition, assets: AssetsDefinition | None, resources: Mapping[str, Any] | None, config: Any
    ) -> StepInfo:
        outputs = dict.fromkeys(op.outs, "")
        inputs = {}
        if assets is not None:
            outputs |= {name: key_text(key) for name, key in assets.keys_by_output_name.items()}
            inputs = {name: key_text(key) for name, key in assets.keys_by_input_name.items()}
        return StepInfo(
            op=op,
            step_key=op.name,
            run=self._run,
            outputs=outputs,
            inputs=inputs,
            assets_def=assets,
            op_config=config,
            resources=None if resources is None else Resources(resources, resources),
            mapping_key=self._mapping_key,
            make_log=direct_logger,
            on_event=self._note,
        )

    def _note(self, event: Any) -> None:
        if not isinstance(event, AssetMaterialization | AssetObservation | ExpectationResult):
            raise ArgumentError(
                f"`{self._step.op.name}` logged a {type(event).__name__}, which is no event",
                hint="AssetMaterialization, AssetObservation or ExpectationResult",
            )
        self._events.append(event)

    job_def = _of_a_run("job_def")
    job_name = _of_a_run("job_name")
    op = _of_a_run("op")
    op_handle = _of_a_run("op_handle")
    run = _of_a_run("run")
    run_config = _of_a_run("run_config")
    step_key = _of_a_run("step_key")

    @property
    def op_def(self) -> OpDefinition:
        """The op whose function was called.

        Raises:
            ContextError: none was, yet.
        """
        if self._step.op is _NO_OP:
            raise ContextError("no function was called with this context yet", hint="call an op or asset with it")
        return self._step.op

    @property
    def resources(self) -> Any:
        """The resources it was built with, and those that are given to the function, as attributes.

        Raises:
            InvariantError: one of them cleans up at the end, and the context is not used in a `with`.
        """
        return self.built_resources.attributes if self._step.resources is None else self._step.resources

    @property
    def is_subset(self) -> bool:
        """Whether some of the assets only are asked for: no."""
        return False

    @property
    def has_partition_key(self) -> bool:
        """Whether it was built with a partition."""
        return self._partition_key is not None

    @property
    def partition_key(self) -> str:
        """The partition it was built with.

        Raises:
            DefinitionError: there is none.
        """
        if self._partition_key is None:
            raise DefinitionError("this context has no partition", hint='build_asset_context(partition_key="...")')
        return self._partition_key

    @property
    def instance(self) -> Any:
        """The instance it was built with; else one of its own that forgets everything."""
        if self._instance is None:
            self._instance = fetch("instance", "Instance").ephemeral()
        return self._instance

    def add_output_metadata(
        self,
        metadata: Mapping[str, Any],
        output_name: str | None = None,
        mapping_key: str | None = None,
        asset_key: CoercibleToAssetKey | None = None,
    ) -> None:
        """Note metadata of an output, to be read with `get_output_metadata`; a later call wins over an earlier one.

        Args:
            metadata: values by name.
            output_name: which output, if there are several.
            mapping_key: which of the values, if the output is dynamic.
            asset_key: which asset, instead of the output's name.

        Raises:
            InvariantError: it is not clear which output is meant.
            MetadataError: a value cannot be metadata.
        """
        super().add_output_metadata(metadata, output_name, mapping_key, asset_key)
        name = self._output(output_name, asset_key)
        self._given_metadata.setdefault((name, mapping_key), {}).update(metadata)

    def get_output_metadata(self, output_name: str, mapping_key: str | None = None) -> Mapping[str, Any] | None:
        """The metadata the function added to an output, as it was given; None if it added none."""
        return self._given_metadata.get((output_name, mapping_key))

    def get_events(self) -> Sequence[Any]:
        """What the function logged with `log_event`."""
        return tuple(self._events)

    def has_events(self) -> bool:
        """Whether the function logged anything with `log_event`."""
        return bool(self._events)

    def __enter__(self) -> Self:
        self.built_resources.enter()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Tear down the resources it was built with."""
        self.built_resources.close()


def build_op_context(
    resources: Mapping[str, Any] | None = None,
    op_config: Any = None,
    resources_config: Mapping[str, Any] | None = None,
    instance: Any = None,
    config: Any = None,
    partition_key: str | None = None,
    *,
    mapping_key: str | None = None,
    run_tags: Mapping[str, str] | None = None,
) -> DirectContext:
    """A context to call the function of an op with.

    Args:
        resources: what the function finds in `context.resources` and in its resource parameters.
        op_config: the config of the op, as run config has it.
        resources_config: the config of the resources, by key.
        instance: what `context.instance` is.
        config: the older name of `op_config`.
        partition_key: what `context.partition_key` is.
        mapping_key: what `context.get_mapping_key()` returns.
        run_tags: what `context.run_tags` are.

    Raises:
        InvocationError: both `op_config` and `config` are given.
        ConfigError: the config of a resource does not fit.
        ResourceError: a resource raised while it was started.
    """
    if op_config is not None and config is not None:
        raise InvocationError("build_op_context is given both `op_config` and `config`", hint="give op_config alone")
    return DirectContext(
        resources=resources,
        resources_config=resources_config,
        config=config if op_config is None else op_config,
        run_tags=run_tags,
        partition_key=partition_key,
        mapping_key=mapping_key,
        instance=instance,
    )


def build_asset_context(
    resources: Mapping[str, Any] | None = None,
    resources_config: Mapping[str, Any] | None = None,
    asset_config: Mapping[str, Any] | None = None,
    instance: Any = None,
    partition_key: str | None = None,
    *,
    run_tags: Mapping[str, str] | None = None,
) -> DirectContext:
    """A context to call the function of an asset with.

    Args:
        resources: what the function finds in `context.resources` and in its resource parameters.
        resources_config: the config of the resources, by key.
        asset_config: the config of the asset, as run config has it.
        instance: what `context.instance` is.
        partition_key: what `context.partition_key` is.
        run_tags: what `context.run_tags` are.

    Raises:
        ConfigError: the config of a resource does not fit.
        ResourceError: a resource raised while it was started.
    """
    return build_op_context(
        resources, asset_config, resources_config, instance, partition_key=partition_key, run_tags=run_tags
    )
