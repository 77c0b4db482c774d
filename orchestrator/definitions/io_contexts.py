"""What IO managers are told about a value to store or to load.

Two of these are made for every value on its way, so they hold what they are given and work out the rest when asked.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Never

from orchestrator.definitions.keys import AssetKey
from orchestrator.definitions.metadata import AnyMetadataValue, coerce_metadata
from orchestrator.definitions.resources import Resources
from orchestrator.definitions.results import AssetMaterialization, AssetObservation
from orchestrator.errors import DefinitionError, InvariantError, MetadataError

if TYPE_CHECKING:
    import logging

    from orchestrator.definitions.specs import AssetSpec

#: The run of a value that was made for a test or loaded from outside any run.
NO_RUN_ID = "__EPHEMERAL_RUN_ID"


class _ValueContext:
    """What the two contexts share: everything is optional, and what was not given raises when it is asked for."""

    __slots__ = (
        "_asset_key", "_dagster_type", "_definition_metadata", "_job_name", "_logged_metadata", "_make_log", "_name",
        "_op_def", "_partition_key", "_resources", "_step_key", "config", "resource_config", "run_id",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913  one parameter for each thing to know
        self,
        *,
        asset_key: AssetKey | None,
        config: Any,
        dagster_type: Any,
        definition_metadata: Mapping[str, Any] | None,
        job_name: str | None,
        make_log: "Callable[[], logging.Logger] | None",
        name: str | None,
        op_def: Any,
        partition_key: str | None,
        resource_config: Mapping[str, Any] | None,
        resources: Any,
        run_id: str,
        step_key: str | None,
    ) -> None:
        self.config = config
        self.resource_config = resource_config
        self.run_id = run_id
        self._asset_key = asset_key
        self._dagster_type = dagster_type
        self._definition_metadata = definition_metadata
        self._job_name = job_name
        self._logged_metadata: dict[str, AnyMetadataValue] | None = None
        self._make_log = make_log
        self._name = name
        self._op_def = op_def
        self._partition_key = partition_key
        self._resources = resources
        self._step_key = step_key

    @property
    def has_asset_key(self) -> bool:
        """Whether the value belongs to an asset."""
        return self._asset_key is not None

    @property
    def asset_key(self) -> AssetKey:
        """The asset that the value belongs to.

        Raises:
            InvariantError: it belongs to none.
        """
        return self._asset_key if self._asset_key is not None else self._missing("asset_key", "has_asset_key")

    @property
    def name(self) -> str:
        """The name of the output, or of the input that takes the value."""
        return self._name if self._name is not None else self._missing("name")

    @property
    def step_key(self) -> str:
        """The step that makes the value, or that needs it."""
        return self._step_key if self._step_key is not None else self._missing("step_key")

    @property
    def job_name(self) -> str:
        """The job that runs."""
        return self._job_name if self._job_name is not None else self._missing("job_name")

    @property
    def op_def(self) -> Any:
        """The op that makes the value, or that needs it."""
        return self._op_def if self._op_def is not None else self._missing("op_def")

    @property
    def dagster_type(self) -> Any:
        """The type of the output or input."""
        return self._dagster_type if self._dagster_type is not None else self._missing("dagster_type")

    @property
    def definition_metadata(self) -> Mapping[str, Any]:
        """Metadata of the definition, as the user wrote it: of the asset, of `Out(...)`, of `AssetIn(...)`, of `In(...)`."""
        return self._definition_metadata if self._definition_metadata is not None else {}

    @property
    def metadata(self) -> Mapping[str, Any]:
        """The same as `definition_metadata`."""
        return self.definition_metadata

    @property
    def resources(self) -> Any:
        """The resources that the IO manager requires."""
        if self._resources is None or isinstance(self._resources, Mapping):
            by_key = self._resources or {}
            self._resources = Resources(by_key, by_key)
        return self._resources

    @property
    def log(self) -> "logging.Logger":
        """A logger whose messages are kept with the run."""
        return _plain_logger() if self._make_log is None else self._make_log()

    @property
    def has_partition_key(self) -> bool:
        """Whether the run is for one partition."""
        return self._partition_key is not None

    @property
    def has_asset_partitions(self) -> bool:
        """Whether the asset is partitioned."""
        return self.has_asset_key and self.has_partition_key

    @property
    def partition_key(self) -> str:
        """The partition of the run."""
        return self._partition_key if self._partition_key is not None else self._unpartitioned("partition_key")

    @property
    def asset_partition_key(self) -> str:
        """The partition of the asset."""
        return self.partition_key if self.has_asset_partitions else self._unpartitioned("asset_partition_key")

    @property
    def asset_partition_keys(self) -> Sequence[str]:
        """The partitions of the asset."""
        return [self.partition_key] if self.has_asset_partitions else self._unpartitioned("asset_partition_keys")

    @property
    def asset_partition_key_range(self) -> Any:
        """The range of partitions of the asset."""
        return self._unpartitioned("asset_partition_key_range")

    @property
    def asset_partitions_def(self) -> Any:
        """How the asset is partitioned."""
        return self._unpartitioned("asset_partitions_def")

    @property
    def asset_partitions_time_window(self) -> Any:
        """The span of time of the partitions of the asset."""
        return self._unpartitioned("asset_partitions_time_window")

    def get_asset_identifier(self) -> list[str]:
        """The asset's key and, if there is one, the partition, as parts of a path.

        Raises:
            InvariantError: the value belongs to no asset.
        """
        path = self.asset_key.path
        return [*path, *self.asset_partition_keys] if self.has_asset_partitions else path

    def consume_logged_metadata(self) -> Mapping[str, AnyMetadataValue]:
        """What was added so far, and forget it."""
        taken, self._logged_metadata = self._logged_metadata, None
        return taken or {}

    def _add_metadata(self, metadata: Mapping[str, Any]) -> None:
        added = coerce_metadata(metadata, f"the value of {self._described()}")
        if self._logged_metadata is None:
            self._logged_metadata = added
            return
        again = [name for name in added if name in self._logged_metadata]
        if again:
            raise MetadataError(f"metadata `{again[0]}` of {self._described()} was added before")
        self._logged_metadata |= added

    def _described(self) -> str:
        if self._asset_key is not None:
            return f"asset `{self._asset_key.to_user_string()}`"
        kind = "output" if isinstance(self, OutputContext) else "input"
        return f"{kind} `{self._name}` of step `{self._step_key}`" if self._step_key else f"{kind} `{self._name}`"

    def _unpartitioned(self, member: str) -> Never:
        guard = "has_partition_key" if member == "partition_key" else "has_asset_partitions"
        raise DefinitionError(f"{self._described()} has no `{member}`", hint=f"ask `context.{guard}` first")

    def _missing(self, member: str, guard: str | None = None) -> Never:
        hint = f"ask `context.{guard}` first" if guard else f"for a test, give it: {member}=..."
        kind = "OutputContext" if isinstance(self, OutputContext) else "InputContext"
        raise InvariantError(f"this {kind} has no `{member}`", hint=hint)


class OutputContext(_ValueContext):
    """What an IO manager is told about a value to store.

    Args:
        asset_key: the asset, if the value belongs to one.
        name: the output's name in its function.
        step_key: the step that makes the value.
        mapping_key: which of several, if the output is dynamic.
        run_id: the run.
        job_name: the job that runs.
        definition_metadata: metadata of the asset or output, as the user wrote it.
        output_metadata: what the function said about this value.
        dagster_type: the output's type.
        config: what run config says for this output.
        resource_config: what run config says for the IO manager.
        resources: by key, or as attributes of an object.
        op_def: the op that makes the value.
        partition_key: the partition of the run.
        asset_spec: the asset's spec.
        version: the version of the value.
        make_log: gives the logger whose messages are kept with the run.
    """

    __slots__ = ("_asset_spec", "_logged_events", "_output_metadata", "mapping_key", "version")

    def __init__(  # noqa: PLR0913  one parameter for each thing to know
        self,
        *,
        asset_key: AssetKey | None = None,
        name: str | None = None,
        step_key: str | None = None,
        mapping_key: str | None = None,
        run_id: str = NO_RUN_ID,
        job_name: str | None = None,
        definition_metadata: Mapping[str, Any] | None = None,
        output_metadata: Mapping[str, AnyMetadataValue] | None = None,
        dagster_type: Any = None,
        config: Any = None,
        resource_config: Mapping[str, Any] | None = None,
        resources: Any = None,
        op_def: Any = None,
        partition_key: str | None = None,
        asset_spec: "AssetSpec | None" = None,
        version: str | None = None,
        make_log: "Callable[[], logging.Logger] | None" = None,
    ) -> None:
        super().__init__(
            asset_key=asset_key,
            config=config,
            dagster_type=dagster_type,
            definition_metadata=definition_metadata,
            job_name=job_name,
            make_log=make_log,
            name=name,
            op_def=op_def,
            partition_key=partition_key,
            resource_config=resource_config,
            resources=resources,
            run_id=run_id,
            step_key=step_key,
        )
        self.mapping_key = mapping_key
        self.version = version
        self._asset_spec = asset_spec
        self._output_metadata = output_metadata
        self._logged_events: list[AssetMaterialization | AssetObservation] | None = None

    @property
    def output_metadata(self) -> Mapping[str, AnyMetadataValue]:
        """What the function said about this value."""
        return self._output_metadata if self._output_metadata is not None else {}

    @property
    def asset_spec(self) -> "AssetSpec":
        """The asset's spec.

        Raises:
            InvariantError: the value belongs to no asset.
        """
        return self._asset_spec if self._asset_spec is not None else self._missing("asset_spec", "has_asset_key")

    def add_output_metadata(self, metadata: Mapping[str, Any]) -> None:
        """Record more metadata with the value.

        Raises:
            MetadataError: a value is of a kind metadata cannot hold, or the name was added before.
        """
        self._add_metadata(metadata)

    def get_logged_metadata(self) -> Mapping[str, AnyMetadataValue]:
        """What was added so far."""
        return self._logged_metadata or {}

    def log_event(self, event: AssetMaterialization | AssetObservation) -> None:
        """Record an `AssetMaterialization` or `AssetObservation` besides that of the value itself.

        Raises:
            DefinitionError: it is neither.
        """
        if not isinstance(event, AssetMaterialization | AssetObservation):
            raise DefinitionError(
                f"log_event takes an AssetMaterialization or an AssetObservation, got {type(event).__name__}"
            )
        if self._logged_events is None:
            self._logged_events = []
        self._logged_events.append(event)

    def get_logged_events(self) -> Sequence[AssetMaterialization | AssetObservation]:
        """The events recorded so far."""
        return self._logged_events or []

    def consume_events(self) -> Iterator[AssetMaterialization | AssetObservation]:
        """The events recorded so far, and forget them."""
        taken, self._logged_events = self._logged_events, None
        yield from taken or ()

    def get_identifier(self) -> list[str]:
        """What names this value among those of all runs: run, step, output and, if there is one, mapping key.

        A value that has a version is named by that instead of its run. For a value that outlives its run, use the asset's key: `get_asset_identifier`.

        Raises:
            InvariantError: there is no step.
        """
        if self.version is not None:
            return ["versioned_outputs", self.version, self.step_key, self.name]
        parts = [self.run_id, self.step_key, self.name]
        return parts if self.mapping_key is None else [*parts, self.mapping_key]

    def get_run_scoped_output_identifier(self) -> list[str]:
        """The same as `get_identifier`."""
        return self.get_identifier()


class InputContext(_ValueContext):
    """What an IO manager is told about a value to load.

    Args:
        asset_key: the upstream asset, if the value belongs to one.
        name: the input that takes the value.
        step_key: the step that needs it.
        run_id: the run that needs it.
        job_name: the job that runs.
        definition_metadata: metadata of the input, as the user wrote it.
        upstream_output: what was known about the value when it was stored, or what makes it when it is asked for.
        dagster_type: the input's type.
        config: what run config says for this input.
        resource_config: what run config says for the IO manager.
        resources: by key, or as attributes of an object.
        op_def: the op that needs the value.
        partition_key: the partition of the run.
        instance: where runs are recorded.
        make_log: gives the logger whose messages are kept with the run.
    """

    __slots__ = ("_instance", "_observations", "_upstream")

    def __init__(  # noqa: PLR0913  one parameter for each thing to know
        self,
        *,
        asset_key: AssetKey | None = None,
        name: str | None = None,
        step_key: str | None = None,
        run_id: str = NO_RUN_ID,
        job_name: str | None = None,
        definition_metadata: Mapping[str, Any] | None = None,
        upstream_output: "OutputContext | Callable[[], OutputContext] | None" = None,
        dagster_type: Any = None,
        config: Any = None,
        resource_config: Mapping[str, Any] | None = None,
        resources: Any = None,
        op_def: Any = None,
        partition_key: str | None = None,
        instance: Any = None,
        make_log: "Callable[[], logging.Logger] | None" = None,
    ) -> None:
        super().__init__(
            asset_key=asset_key,
            config=config,
            dagster_type=dagster_type,
            definition_metadata=definition_metadata,
            job_name=job_name,
            make_log=make_log,
            name=name,
            op_def=op_def,
            partition_key=partition_key,
            resource_config=resource_config,
            resources=resources,
            run_id=run_id,
            step_key=step_key,
        )
        self._upstream = upstream_output
        self._instance = instance
        self._observations: list[AssetObservation] | None = None

    @property
    def upstream_output(self) -> OutputContext | None:
        """What was known about the value when it was stored."""
        if self._upstream is not None and not isinstance(self._upstream, OutputContext):
            self._upstream = self._upstream()
        return self._upstream

    @property
    def has_input_name(self) -> bool:
        """Whether an input takes the value; a value loaded from outside a run has none."""
        return self._name is not None

    @property
    def instance(self) -> Any:
        """Where runs are recorded."""
        return self._instance if self._instance is not None else self._missing("instance")

    def add_input_metadata(self, metadata: Mapping[str, Any], description: str | None = None) -> None:
        """Record metadata with the input; for an asset, an observation is recorded.

        Raises:
            MetadataError: a value is of a kind metadata cannot hold, or the name was added before.
        """
        self._add_metadata(metadata)
        if self._asset_key is not None:
            observation = AssetObservation(self._asset_key, description, metadata)
            self._observations = [*(self._observations or ()), observation]

    def get_observations(self) -> Sequence[AssetObservation]:
        """What the metadata added so far says of the input's asset."""
        return self._observations or []

    def consume_events(self) -> Iterator[AssetObservation]:
        """The observations so far, and forget them."""
        taken, self._observations = self._observations, None
        yield from taken or ()

    def get_identifier(self) -> list[str]:
        """What names the value among those of all runs: run, step, output and, if there is one, mapping key.

        Raises:
            InvariantError: nothing is known of how the value was stored.
        """
        upstream = self.upstream_output
        return self._missing("upstream_output") if upstream is None else upstream.get_identifier()


def _plain_logger() -> "logging.Logger":
    import logging  # noqa: PLC0415  most IO managers never log

    return logging.getLogger("orchestrator.io_manager")
