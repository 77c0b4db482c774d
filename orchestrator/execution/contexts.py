"""What user code is told about the step it runs in."""

from collections.abc import Callable, Collection, Mapping, Sequence
from collections.abc import Set as AbstractSet
from contextvars import ContextVar
from typing import TYPE_CHECKING, Any, Self

from msgspec import Struct

from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.composition import GraphNode
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.metadata import AnyMetadataValue, coerce_metadata
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.op_handles import OpHandle
from orchestrator.definitions.ops import OpDefinition
from orchestrator.definitions.results import DataVersion
from orchestrator.errors import ContextError, DefinitionError, InvariantError
from orchestrator.runs.records import RunStatus

if TYPE_CHECKING:
    import logging


#: Makes the context of the step that runs here.
CURRENT: "ContextVar[Callable[[], OpExecutionContext] | None]" = ContextVar("orchestrator_context", default=None)


class RunInfo(Struct, frozen=True, kw_only=True):
    """The run a step belongs to, as user code sees it."""

    run_id: str
    job_name: str | None = None
    tags: Mapping[str, str] = {}
    run_config: Mapping[str, Any] = {}

    @property
    def status(self) -> RunStatus:
        """Where it stands: its steps run."""
        return RunStatus.STARTED

    @property
    def is_finished(self) -> bool:
        """Whether nothing more will happen."""
        return False


class StepInfo(Struct, frozen=True, kw_only=True):
    """What a context knows of its step; made anew for every attempt."""

    op: OpDefinition
    #: The op in its graph; None where there is no graph.
    node: GraphNode | None = None
    #: The job whose graph is run.
    job_def: Any = None
    step_key: str
    run: RunInfo
    #: Names of the outputs asked for, and the assets they are.
    outputs: Mapping[str, str] = {}
    #: Assets that inputs take.
    inputs: Mapping[str, str] = {}
    assets_def: AssetsDefinition | None = None
    op_config: Any = None
    resources: Any = None
    retry_number: int = 0
    mapping_key: str | None = None
    make_log: "Callable[[], logging.Logger] | None" = None
    load_value: Callable[[str], Any] | None = None
    on_event: Callable[[Any], None] | None = None
    instance: Any = None


class OpExecutionContext:
    """The `context` of an op's function.

    Args:
        step: what it tells.
    """

    is_execution_context = True

    @staticmethod
    def get() -> "OpExecutionContext":
        """The context of the step that runs here, for code that is not handed it.

        Raises:
            InvariantError: no step runs here.
        """
        make = CURRENT.get()
        if make is None:
            raise InvariantError("no step runs here, so there is no context")
        return make()

    def __init__(self, step: StepInfo) -> None:
        self._step = step
        #: What user code added, by output name and mapping key.
        self.added_metadata: dict[tuple[str, str | None], dict[str, AnyMetadataValue]] = {}
        self.added_versions: dict[str, DataVersion] = {}
        #: The outputs that were made so far, whose metadata is recorded.
        self.made: Collection[str] = ()

    @property
    def op_execution_context(self) -> Self:
        """This context."""
        return self

    @property
    def op(self) -> GraphNode:
        """The op in its graph: its name there, its definition, tags, hooks and retry policy."""
        op = self._step.op
        return self._step.node or GraphNode(
            name=op.name, definition=op, tags=op.tags, hooks=op.hooks, retry_policy=op.retry_policy
        )

    @property
    def op_handle(self) -> OpHandle:
        """Where the op is: its name, and those of the graphs around it."""
        path = self._step.step_key.partition("[")[0]
        return OpHandle(tuple(path.split(".")))

    @property
    def job_def(self) -> Any:
        """The job that runs.

        Raises:
            InvariantError: no job does.
        """
        if self._step.job_def is None:
            raise InvariantError("no job runs here", hint="assets and ops run on their own, too")
        return self._step.job_def

    @property
    def op_def(self) -> OpDefinition:
        """The definition of the op."""
        return self._step.op

    @property
    def op_config(self) -> Any:
        """The config of the op, as plain data."""
        config = self._step.op_config
        to_data = getattr(config, "to_raw_config", None)
        return config if to_data is None else to_data()

    @property
    def resources(self) -> Any:
        """The resources the op requires, as attributes."""
        return self._step.resources

    @property
    def run(self) -> Any:
        """The run, as far as a step can know it: its id, job, tags and run config."""
        return spoken().view_run(self._step.run)

    @property
    def dagster_run(self) -> RunInfo:
        """The run, under its older name."""
        return self._step.run

    @property
    def run_id(self) -> str:
        """The id of the run."""
        return self._step.run.run_id

    @property
    def run_config(self) -> Mapping[str, Any]:
        """The config of the whole run, as it was given."""
        return self._step.run.run_config

    @property
    def run_tags(self) -> Mapping[str, str]:
        """The tags of the run."""
        return self._step.run.tags

    @property
    def job_name(self) -> str | None:
        """The job that runs, if one does."""
        return self._step.run.job_name

    @property
    def step_key(self) -> str:
        """The step's name in the run."""
        return self._step.step_key

    @property
    def retry_number(self) -> int:
        """How many attempts came before this one."""
        return self._step.retry_number

    @property
    def log(self) -> "logging.Logger":
        """A logger whose messages are kept with the run."""
        if self._step.make_log is None:
            raise InvariantError("this context has no log")
        return self._step.make_log()

    @property
    def instance(self) -> Any:
        """Where the run is recorded.

        Raises:
            InvariantError: the code runs where its home is not, or in a test that gave none.
        """
        if self._step.instance is None:
            raise InvariantError(
                "there is no instance here: none was given to this context, or its home is not on this machine",
                hint="build_op_context(instance=...) in a test; else a home on shared storage",
            )
        return self._step.instance

    @property
    def has_partition_key(self) -> bool:
        """Whether the run is of one partition."""
        return False

    @property
    def has_partition_key_range(self) -> bool:
        """Whether the run is of a range of partitions."""
        return False

    @property
    def partition_key(self) -> str:
        """The partition of the run.

        Raises:
            InvariantError: it is of none.
        """
        raise InvariantError("the run is of no partition", hint="ask has_partition_key first")

    @property
    def has_assets_def(self) -> bool:
        """Whether the op makes assets."""
        return self._step.assets_def is not None

    @property
    def assets_def(self) -> AssetsDefinition:
        """The definition of the assets the op makes.

        Raises:
            ContextError: it makes none.
        """
        if self._step.assets_def is None:
            raise ContextError(f"op `{self._step.op.name}` makes no assets")
        return self._step.assets_def

    @property
    def asset_key(self) -> AssetKey:
        """The key of the asset being made.

        Raises:
            InvariantError: the op makes none, or several.
        """
        keys = self.assets_def.keys
        if len(keys) != 1:
            raise InvariantError(
                f"`{self.assets_def.name}` makes {len(keys)} assets, not one", hint="asset_key_for_output(name)"
            )
        return next(iter(keys))

    @property
    def selected_asset_keys(self) -> AbstractSet[AssetKey]:
        """The assets this run asks of the op."""
        return {AssetKey(key) for key in self._step.outputs.values() if key}

    @property
    def selected_output_names(self) -> AbstractSet[str]:
        """The outputs this run asks of the op."""
        return set(self._step.outputs)

    @property
    def is_subset(self) -> bool:
        """Whether the run asks for some of the assets only."""
        return len(self._step.outputs) < len(self.assets_def.outputs)

    def asset_key_for_output(self, output_name: str = "result") -> AssetKey:
        """The asset an output makes.

        Raises:
            DefinitionError: there is no such output.
        """
        for output in self.assets_def.outputs:
            if output.name == output_name:
                return output.spec.key
        raise DefinitionError(
            f"`{self._step.op.name}` makes no `{output_name}`",
            hint=did_you_mean(output_name, [output.name for output in self.assets_def.outputs]),
        )

    def output_for_asset_key(self, asset_key: AssetKey) -> str:
        """The output that makes an asset.

        Raises:
            DefinitionError: no output does.
        """
        return self._output(None, asset_key)

    def asset_key_for_input(self, input_name: str) -> AssetKey:
        """The asset an input takes.

        Raises:
            DefinitionError: there is no such input, or it takes no asset.
        """
        if input_name not in self._step.inputs:
            raise DefinitionError(
                f"`{self._step.op.name}` takes no asset as `{input_name}`",
                hint=did_you_mean(input_name, self._step.inputs),
            )
        return AssetKey(self._step.inputs[input_name])

    def add_output_metadata(
        self,
        metadata: Mapping[str, Any],
        output_name: str | None = None,
        mapping_key: str | None = None,
        asset_key: CoercibleToAssetKey | None = None,
    ) -> None:
        """Record metadata with an output; a later call wins over an earlier one.

        Args:
            metadata: values by name.
            output_name: which output, if there are several.
            mapping_key: which of the values, if the output is dynamic.
            asset_key: which asset, instead of the output's name.

        Raises:
            InvariantError: it is not clear which output is meant, or it was made already.
            MetadataError: a value cannot be metadata.
        """
        name = self._output(output_name, asset_key)
        if name in self.made and not self._step.op.outs[name].is_dynamic:
            raise InvariantError(
                f"`{self._step.op.name}` adds metadata to `{name}`, which it made already", hint="add it before that"
            )
        where = f"output `{name}` of `{self._step.op.name}`"
        self.added_metadata.setdefault((name, mapping_key), {}).update(coerce_metadata(metadata, where))

    def get_output_metadata(self, output_name: str, mapping_key: str | None = None) -> Mapping[str, Any] | None:
        """What was added for an output so far, as plain values."""
        added = self.added_metadata.get((output_name, mapping_key))
        return None if added is None else {name: value.value for name, value in added.items()}

    def add_asset_metadata(self, metadata: Mapping[str, Any], asset_key: CoercibleToAssetKey | None = None) -> None:
        """Record metadata with the materialization of an asset. See `add_output_metadata`."""
        self.add_output_metadata(metadata, asset_key=asset_key)

    def set_data_version(self, asset_key: CoercibleToAssetKey, data_version: DataVersion) -> None:
        """Say the version of an asset that is being made."""
        self.added_versions[key_text(asset_key)] = data_version

    def log_event(self, event: Any) -> None:
        """Record an `AssetMaterialization`, `AssetObservation` or `ExpectationResult`.

        Raises:
            InvariantError: it is something else, or nothing records it.
        """
        if self._step.on_event is None:
            raise InvariantError("this context records no events")
        self._step.on_event(event)

    def load_asset_value(self, asset_key: CoercibleToAssetKey) -> Any:
        """Load the stored value of any asset through its IO manager.

        Raises:
            LoadInputError: nothing is stored.
        """
        if self._step.load_value is None:
            raise InvariantError("this context loads no values")
        return self._step.load_value(key_text(asset_key))

    def has_tag(self, key: str) -> bool:
        """Whether the run has a tag."""
        return key in self._step.run.tags

    def get_tag(self, key: str) -> str | None:
        """The value of a tag of the run."""
        return self._step.run.tags.get(key)

    def get_mapping_key(self) -> str | None:
        """Which of the values of a dynamic output the step runs for."""
        return self._step.mapping_key

    def _output(self, name: str | None, key: CoercibleToAssetKey | None) -> str:
        names = list(self._step.op.outs)
        if key is not None:
            wanted = key_text(key)
            for output in self.assets_def.outputs:
                if key_text(output.spec.key) == wanted:
                    return output.name
            raise self._no_output(wanted, [key_text(one) for one in self.assets_def.keys])
        if name is None:
            if len(names) == 1:
                return names[0]
            raise InvariantError(
                f"`{self._step.op.name}` has {len(names)} outputs; say which is meant",
                hint=f"output_name= one of {', '.join(names)}",
            )
        if name not in names:
            raise self._no_output(name, names)
        return name

    def _no_output(self, name: str, known: Sequence[str]) -> InvariantError:
        return InvariantError(f"`{self._step.op.name}` makes no `{name}`", hint=did_you_mean(name, known))


class AssetExecutionContext(OpExecutionContext):
    """The `context` of an asset's function."""
