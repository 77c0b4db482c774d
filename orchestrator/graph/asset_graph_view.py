"""The assets of one code location as programs are shown them: what each says, and what depends on what."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from orchestrator.definitions.assets import AssetsDefinition
from orchestrator.definitions.keys import AssetKey, key_text
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.specs import AssetSpec
from orchestrator.errors import UnknownAssetError
from orchestrator.graph.asset_graph import AssetGraph, GraphAsset
from orchestrator.graph.selection import SelectionScope
from orchestrator.graph.selection_api import SelectionApi


class AssetNode:
    """One asset in its graph.

    Args:
        graph: the graph.
        asset: what the graph knows of it.
        spec: what is said about it.
        assets_def: the definition that makes it, if one does.
    """

    def __init__(
        self, graph: AssetGraph, asset: GraphAsset, spec: AssetSpec, assets_def: AssetsDefinition | None
    ) -> None:
        self._graph = graph
        self._asset = asset
        self._spec = spec
        self._assets_def = assets_def

    def __getattr__(self, name: str) -> Any:
        """What its spec says: `description`, `metadata`, `tags`, `owners`, `kinds`, `code_version` and so on."""
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(self._spec, name)

    @property
    def group_name(self) -> str:
        """Its group."""
        return self._spec.group_name or "default"

    @property
    def assets_def(self) -> AssetsDefinition | None:
        """The definition that makes it; None if it is external."""
        return self._assets_def

    @property
    def is_external(self) -> bool:
        """Whether nobody makes it here."""
        return self._asset.external

    @property
    def is_materializable(self) -> bool:
        """Whether a step can make it."""
        return not self._asset.external

    @property
    def is_observable(self) -> bool:
        """Whether a step can observe it."""
        return self._asset.observable

    @property
    def is_executable(self) -> bool:
        """Whether a step can make or observe it."""
        return self._asset.node is not None

    @property
    def is_partitioned(self) -> bool:
        """Whether it has partitions."""
        return self.partitions_def is not None

    @property
    def io_manager_key(self) -> str:
        """The resource that stores or loads its value."""
        return self._asset.snapshot.io_manager_key

    @property
    def parent_keys(self) -> AbstractSet[AssetKey]:
        """The assets it depends on."""
        return _keys(self._graph.upstream[self._asset.key])

    @property
    def child_keys(self) -> AbstractSet[AssetKey]:
        """The assets that depend on it."""
        return _keys(self._graph.downstream[self._asset.key])

    parent_entity_keys = parent_keys
    child_entity_keys = child_keys

    @property
    def has_self_dependency(self) -> bool:
        """Whether it depends on itself."""
        return self._asset.key in self._graph.upstream[self._asset.key]

    @property
    def execution_set_asset_keys(self) -> AbstractSet[AssetKey]:
        """The assets that cannot be made without each other, this one among them."""
        node = self._asset.node
        if node is None or node.can_subset:
            return {self.key}
        return _keys(asset.key for asset in node.assets)

    execution_set_entity_keys = execution_set_asset_keys

    def to_asset_spec(self) -> AssetSpec:
        """What is said about it."""
        return self._spec

    def __repr__(self) -> str:
        return f"AssetNode({self._asset.key!r})"


class AssetGraphView:
    """The assets of one code location, and what depends on what. Made by `Definitions.resolve_asset_graph`.

    Args:
        graph: the graph.
        specs: what is said about each asset, by the text of its key.
        makers: the definition that makes or observes each asset.
    """

    def __init__(
        self, graph: AssetGraph, specs: Mapping[str, AssetSpec], makers: Mapping[str, AssetsDefinition]
    ) -> None:
        self._graph = graph
        self._nodes = {
            AssetKey(key): AssetNode(
                graph, asset, specs.get(key) or AssetSpec(key, source=asset.snapshot.source), makers.get(key)
            )
            for key, asset in graph.assets.items()
        }

    def get(self, key: AssetKey) -> AssetNode:
        """An asset.

        Raises:
            UnknownAssetError: there is none with this key.
        """
        if key not in self._nodes:
            text = key_text(key)
            raise UnknownAssetError(f"there is no asset `{text}`", hint=did_you_mean(text, self._graph.assets))
        return self._nodes[key]

    def has(self, key: AssetKey) -> bool:
        """Whether there is an asset with this key."""
        return key in self._nodes

    @property
    def asset_nodes(self) -> list[AssetNode]:
        """Every asset."""
        return list(self._nodes.values())

    @property
    def assets_defs(self) -> list[AssetsDefinition]:
        """Every definition that makes assets."""
        return list({id(one): one for one in self._definitions()}.values())

    def assets_def_for_key(self, key: AssetKey) -> AssetsDefinition | None:
        """The definition that makes an asset."""
        return self.get(key).assets_def

    def get_all_asset_keys(self) -> AbstractSet[AssetKey]:
        """The keys of all assets, external ones too."""
        return set(self._nodes)

    @property
    def materializable_asset_keys(self) -> AbstractSet[AssetKey]:
        """The keys of the assets that a step can make."""
        return {key for key, node in self._nodes.items() if node.is_materializable}

    @property
    def observable_asset_keys(self) -> AbstractSet[AssetKey]:
        """The keys of the assets that a step can observe."""
        return {key for key, node in self._nodes.items() if node.is_observable}

    @property
    def executable_asset_keys(self) -> AbstractSet[AssetKey]:
        """The keys of the assets that a step can make or observe."""
        return {key for key, node in self._nodes.items() if node.is_executable}

    @property
    def unexecutable_asset_keys(self) -> AbstractSet[AssetKey]:
        """The keys of the assets that no step makes or observes."""
        return set(self._nodes) - self.executable_asset_keys

    @property
    def external_asset_keys(self) -> AbstractSet[AssetKey]:
        """The keys of the assets that nobody makes here."""
        return {key for key, node in self._nodes.items() if node.is_external}

    @property
    def unpartitioned_asset_keys(self) -> AbstractSet[AssetKey]:
        """The keys of the assets without partitions."""
        return {key for key, node in self._nodes.items() if not node.is_partitioned}

    @property
    def root_materializable_asset_keys(self) -> AbstractSet[AssetKey]:
        """The keys of the assets that depend on none that is made here."""
        return self._roots(self.materializable_asset_keys)

    @property
    def root_executable_asset_keys(self) -> AbstractSet[AssetKey]:
        """The keys of the assets that depend on none that is made or observed here."""
        return self._roots(self.executable_asset_keys)

    @property
    def all_group_names(self) -> AbstractSet[str]:
        """The groups of the assets that are made here."""
        return {node.group_name for node in self._nodes.values() if node.is_materializable}

    def asset_keys_for_group(self, group_name: str) -> AbstractSet[AssetKey]:
        """The keys of the assets of a group."""
        return {key for key, node in self._nodes.items() if node.group_name == group_name}

    @property
    def toposorted_asset_keys(self) -> list[AssetKey]:
        """The keys of all assets, upstream first."""
        return [key for level in self.toposorted_asset_keys_by_level for key in sorted(level)]

    @property
    def toposorted_asset_keys_by_level(self) -> list[AbstractSet[AssetKey]]:
        """The keys of all assets in levels: each depends only on levels before its own."""
        levels: dict[str, int] = {}
        for key in self._graph.topological(self._graph.assets):
            levels[key] = 1 + max((levels[up] for up in self._graph.upstream[key]), default=-1)
        found: list[set[AssetKey]] = [set() for _ in range(1 + max(levels.values(), default=-1))]
        for key, level in levels.items():
            found[level].add(AssetKey(key))
        return list(found)

    def get_ancestor_asset_keys(self, asset_key: AssetKey) -> AbstractSet[AssetKey]:
        """What an asset depends on, through whatever lies between."""
        return _keys(self._graph.up([key_text(asset_key)])) - {asset_key}

    def get_parents(self, node: AssetNode) -> AbstractSet[AssetNode]:
        """The assets that an asset depends on."""
        return {self.get(key) for key in node.parent_keys}

    def get_children(self, node: AssetNode) -> AbstractSet[AssetNode]:
        """The assets that depend on an asset."""
        return {self.get(key) for key in node.child_keys}

    def keys_of(self, selection: Any, *, allow_missing: bool = False) -> set[AssetKey]:
        """The keys of the selected assets.

        Args:
            selection: an `AssetSelection`, or what makes one.
            allow_missing: leave out keys that do not exist, instead of raising.

        Raises:
            SelectionError: it names something that does not exist.
        """
        chosen = SelectionApi.from_coercible(selection)
        return set(_keys(chosen.evaluate(SelectionScope(self._graph, missing_ok=allow_missing))))

    def _definitions(self) -> Iterator[AssetsDefinition]:
        return (node.assets_def for node in self._nodes.values() if node.assets_def is not None)

    def _roots(self, among: AbstractSet[AssetKey]) -> AbstractSet[AssetKey]:
        texts = {key_text(key) for key in among}
        return {key for key in among if texts.isdisjoint(self._graph.upstream[key_text(key)])}


def _keys(texts: Any) -> set[AssetKey]:
    return {AssetKey(text) for text in texts}
