"""Contexts to call an IO manager with in a test."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Never, Self

from orchestrator.definitions.io_contexts import NO_RUN_ID, InputContext, OutputContext
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey
from orchestrator.definitions.metadata import check_metadata
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.errors import DefinitionError
from orchestrator.execution.built_resources import BuiltResources

if TYPE_CHECKING:
    from orchestrator.definitions.specs import AssetSpec


class _Built:
    """What a context for a test has besides: as a context manager, it tears down the resources it was given."""

    def __init__(self, built: BuiltResources | None, **values: Any) -> None:
        super().__init__(**values)
        self._built = built

    @property
    def resources(self) -> Any:
        """The resources it was given, started.

        Raises:
            InvariantError: one of them cleans up at the end, and nothing says where that is.
        """
        return super().resources if self._built is None else self._built.attributes  # type: ignore[misc]

    def __enter__(self) -> Self:
        if self._built is not None:
            self._built.enter()
        return self

    def __exit__(self, *_: object) -> None:
        if self._built is not None:
            self._built.close()


class BuiltOutputContext(_Built, OutputContext):
    """An output context for a test."""


class BuiltInputContext(_Built, InputContext):
    """An input context for a test."""


def build_output_context(  # noqa: PLR0913  the public API
    step_key: str | None = None,
    name: str | None = None,
    definition_metadata: Mapping[str, Any] | None = None,
    run_id: str | None = None,
    mapping_key: str | None = None,
    config: Any = None,
    *,
    dagster_type: Any = None,
    version: str | None = None,
    resource_config: Mapping[str, Any] | None = None,
    resources: Any = None,
    op_def: Any = None,
    asset_key: CoercibleToAssetKey | None = None,
    partition_key: str | None = None,
    asset_spec: "AssetSpec | None" = None,
    metadata: Mapping[str, Any] | None = None,
    output_metadata: Mapping[str, Any] | None = None,
    **refused: Never,
) -> BuiltOutputContext:
    """A context to call `handle_output` with in a test. What is left out is an error when it is asked for.

    Args:
        step_key: the step that made the value.
        name: the output's name.
        definition_metadata: metadata of the asset or output.
        run_id: the run.
        mapping_key: which of several, if the output is dynamic.
        config: what run config says for the output.
        dagster_type: the output's type.
        version: the version of the value.
        resource_config: what run config says for the IO manager.
        resources: by key; definitions are started.
        op_def: the op that made the value.
        asset_key: the asset, if the value belongs to one.
        partition_key: the partition of the run.
        asset_spec: the asset's spec.
        metadata: another name for `definition_metadata`.
        output_metadata: what the function said about the value.
        refused: anything else; raises.

    Raises:
        DefinitionError: both names for the metadata are used, or metadata is no mapping.
    """
    refuse_parameters(refused, "build_output_context", _OUTPUT_PARAMETERS)
    return BuiltOutputContext(
        _started(resources, "build_output_context"),
        step_key=step_key,
        name=name,
        definition_metadata=_one_of(definition_metadata, metadata, "build_output_context"),
        run_id=NO_RUN_ID if run_id is None else run_id,
        mapping_key=mapping_key,
        config=config,
        dagster_type=dagster_type,
        version=version,
        resource_config=resource_config or {},
        resources=resources,
        op_def=op_def,
        asset_key=None if asset_key is None else AssetKey(asset_key),
        partition_key=partition_key,
        asset_spec=asset_spec,
        output_metadata=check_metadata(output_metadata, "build_output_context"),
    )


def build_input_context(  # noqa: PLR0913  the public API
    name: str | None = None,
    config: Any = None,
    definition_metadata: Mapping[str, Any] | None = None,
    upstream_output: OutputContext | None = None,
    *,
    dagster_type: Any = None,
    resource_config: Mapping[str, Any] | None = None,
    resources: Any = None,
    op_def: Any = None,
    asset_key: CoercibleToAssetKey | None = None,
    partition_key: str | None = None,
    instance: Any = None,
    metadata: Mapping[str, Any] | None = None,
    **refused: Never,
) -> BuiltInputContext:
    """A context to call `load_input` with in a test. What is left out is an error when it is asked for.

    Args:
        name: the input that takes the value.
        config: what run config says for the input.
        definition_metadata: metadata of the input.
        upstream_output: the context the value was stored with; see `build_output_context`.
        dagster_type: the input's type.
        resource_config: what run config says for the IO manager.
        resources: by key; definitions are started.
        op_def: the op that takes the value.
        asset_key: the asset, if the value belongs to one.
        partition_key: the partition of the run.
        instance: where runs are recorded.
        metadata: another name for `definition_metadata`.
        refused: anything else; raises.

    Raises:
        DefinitionError: both names for the metadata are used, or metadata is no mapping.
    """
    refuse_parameters(refused, "build_input_context", _INPUT_PARAMETERS)
    return BuiltInputContext(
        _started(resources, "build_input_context"),
        name=name,
        config=config,
        definition_metadata=_one_of(definition_metadata, metadata, "build_input_context"),
        upstream_output=upstream_output,
        dagster_type=dagster_type,
        resource_config=resource_config or {},
        resources=resources,
        op_def=op_def,
        asset_key=None if asset_key is None else AssetKey(asset_key),
        partition_key=partition_key,
        instance=instance,
    )


_OUTPUT_PARAMETERS = (
    "step_key", "name", "definition_metadata", "run_id", "mapping_key", "config", "dagster_type", "version",
    "resource_config", "resources", "op_def", "asset_key", "partition_key", "asset_spec", "metadata", "output_metadata",
)  # fmt: skip
_INPUT_PARAMETERS = (
    "name", "config", "definition_metadata", "upstream_output", "dagster_type", "resource_config", "resources", "op_def",
    "asset_key", "partition_key", "instance", "metadata",
)  # fmt: skip


def _one_of(
    definition_metadata: Mapping[str, Any] | None, metadata: Mapping[str, Any] | None, where: str
) -> Mapping[str, Any]:
    if definition_metadata is not None and metadata is not None:
        raise DefinitionError(f"{where} takes `definition_metadata` or `metadata`, not both; they are the same")
    return check_metadata(metadata if definition_metadata is None else definition_metadata, where)


def _started(resources: Any, builder: str) -> BuiltResources | None:
    return BuiltResources(resources, None, None, builder) if isinstance(resources, Mapping) else None
