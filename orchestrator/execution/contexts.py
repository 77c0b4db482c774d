"""What user code is told about the step it runs in."""

from collections.abc import Callable, Mapping
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING, Any

from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.metadata import AnyMetadataValue, coerce_metadata
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.resources import Resources
from orchestrator.errors import DefinitionError
from orchestrator.planning.plan import Step

if TYPE_CHECKING:
    import logging


class RunInfo:
    """The run a step belongs to, as user code sees it."""

    __slots__ = ("job_name", "run_id", "tags")

    def __init__(self, run_id: str, job_name: str | None, tags: Mapping[str, str]) -> None:
        self.run_id = run_id
        self.job_name = job_name
        self.tags = dict(tags)


class AssetExecutionContext:
    """The `context` of an asset's function."""

    def __init__(
        self,
        *,
        step: Step,
        run: RunInfo,
        assets_def: AssetsDefinition,
        resources: Resources,
        make_log: "Callable[[], logging.Logger]",
        load_value: Callable[[str], Any],
    ) -> None:
        self._step = step
        self.run = run
        self.assets_def = assets_def
        self.resources = resources
        self._make_log = make_log
        self._load_value = load_value
        #: What user code added, by output name.
        self.added_metadata: dict[str, dict[str, AnyMetadataValue]] = {}

    @property
    def run_id(self) -> str:
        """The id of the run."""
        return self.run.run_id

    @property
    def run_tags(self) -> Mapping[str, str]:
        """The tags of the run."""
        return self.run.tags

    @property
    def job_name(self) -> str | None:
        """The job that runs, if one does."""
        return self.run.job_name

    @property
    def step_key(self) -> str:
        """The step's name in the run."""
        return self._step.key

    @property
    def retry_number(self) -> int:
        """How many attempts came before this one."""
        return 0

    @property
    def log(self) -> "logging.Logger":
        """A logger whose messages are kept with the run."""
        return self._make_log()

    @property
    def asset_key(self) -> AssetKey:
        """The key of the asset being made.

        Raises:
            DefinitionError: the function makes several.
        """
        return self.assets_def.key

    @property
    def selected_asset_keys(self) -> AbstractSet[AssetKey]:
        """The assets this run asks of the function."""
        return {AssetKey(output.key) for output in self._step.outputs}

    @property
    def selected_output_names(self) -> AbstractSet[str]:
        """The outputs this run asks of the function."""
        return {output.name for output in self._step.outputs}

    @property
    def is_subset(self) -> bool:
        """Whether the run asks for some of the function's assets only."""
        return len(self._step.outputs) < len(self.assets_def.outputs)

    def asset_key_for_output(self, output_name: str = "result") -> AssetKey:
        """The asset an output makes.

        Raises:
            DefinitionError: there is no such output.
        """
        return AssetKey(self._output(output_name, None)[1])

    def add_output_metadata(
        self,
        metadata: Mapping[str, Any],
        output_name: str | None = None,
        asset_key: CoercibleToAssetKey | None = None,
    ) -> None:
        """Record metadata with the materialization; a later call wins over an earlier one.

        Args:
            metadata: values by name.
            output_name: which output, if the function makes several assets.
            asset_key: which asset, instead of the output's name.

        Raises:
            DefinitionError: it is not clear which asset is meant, or a value cannot be metadata.
        """
        name, key = self._output(output_name, asset_key)
        self.added_metadata.setdefault(name, {}).update(coerce_metadata(metadata, f"asset `{key}`"))

    def add_asset_metadata(self, metadata: Mapping[str, Any], asset_key: CoercibleToAssetKey | None = None) -> None:
        """Record metadata with the materialization of an asset. See `add_output_metadata`."""
        self.add_output_metadata(metadata, asset_key=asset_key)

    def load_asset_value(self, asset_key: CoercibleToAssetKey) -> Any:
        """Load the stored value of any asset through its IO manager.

        Raises:
            ExecutionError: nothing is stored.
        """
        return self._load_value(key_text(asset_key))

    def has_tag(self, key: str) -> bool:
        """Whether the run has a tag."""
        return key in self.run.tags

    def get_tag(self, key: str) -> str | None:
        """The value of a tag of the run."""
        return self.run.tags.get(key)

    def _output(self, name: str | None, key: CoercibleToAssetKey | None) -> tuple[str, str]:
        outputs = self.assets_def.outputs
        if key is not None:
            wanted = key_text(key)
            found = [(output.name, wanted) for output in outputs if key_text(output.spec.key) == wanted]
        elif name is not None:
            wanted = name
            found = [(output.name, key_text(output.spec.key)) for output in outputs if output.name == name]
        else:
            wanted = ""
            found = [(output.name, key_text(output.spec.key)) for output in outputs]
        if len(found) == 1:
            return found[0]
        names = [output.name for output in outputs]
        if not wanted:
            raise DefinitionError(
                f"`{self.assets_def.name}` makes {len(names)} assets; say which is meant",
                hint=f"output_name= one of {', '.join(names)}",
            )
        raise DefinitionError(f"`{self.assets_def.name}` makes no `{wanted}`", hint=did_you_mean(wanted, names))
