"""Assets and the nodes that compute them.

An `AssetsDefinition` is a node (an op, or a graph of them), the assets that its outputs are, and the assets that its
inputs take: loaded into a parameter, or only waited for. The decorators that make it are in `decorators` and
`graph_assets`.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum
from typing import Any

import msgspec
from msgspec import Struct

from orchestrator.definitions.composition import is_composing
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.graphs import GraphDefinition
from orchestrator.definitions.hooks import HookDefinition
from orchestrator.definitions.ins_and_outs import DEFAULT_IO_MANAGER_KEY
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text, step_name
from orchestrator.definitions.ops import OpDefinition
from orchestrator.definitions.specs import AssetSpec
from orchestrator.definitions.upward import fetch
from orchestrator.errors import (
    DefinitionError,
    InvariantError,
    InvocationError,
    MissingResourceError,
    SourceRef,
    UnknownAssetError,
)


class AssetExecutionType(Enum):
    """What a run of a function does with its assets."""

    MATERIALIZATION = "MATERIALIZATION"
    OBSERVATION = "OBSERVATION"
    UNEXECUTABLE = "UNEXECUTABLE"


class AssetInput(Struct, frozen=True, kw_only=True):
    """An upstream asset of a node."""

    #: The node's input, or the upstream key if it is only waited for.
    name: str
    #: Keys it may mean, best first.
    keys: tuple[str, ...]
    loads: bool
    #: The parameter has a default value.
    optional: bool = False
    input_manager_key: str | None = None
    metadata: Mapping[str, Any] = {}


class AssetOutput(Struct, frozen=True, kw_only=True):
    """An asset that a node makes."""

    name: str
    spec: AssetSpec
    required: bool = True
    io_manager_key: str = DEFAULT_IO_MANAGER_KEY
    #: Whether the function's annotation says that nothing is stored.
    stores_nothing: bool = False
    #: Upstream keys, if they differ from all the inputs.
    deps: tuple[str, ...] | None = None


class AssetsDefinition:
    """A node and the assets it makes. Made by `@asset`, `@multi_asset`, `@graph_asset` and their like.

    Calling it calls the function, so that it can be tested like any other.
    """

    def __init__(
        self,
        *,
        node: OpDefinition | GraphDefinition,
        inputs: tuple[AssetInput, ...],
        outputs: tuple[AssetOutput, ...],
        source: SourceRef,
        can_subset: bool = False,
        resource_defs: Mapping[str, Any] | None = None,
        hooks: frozenset[HookDefinition] = frozenset(),
        observes: bool = False,
    ) -> None:
        self.node = node
        self.inputs = inputs
        self.outputs = outputs
        self.source = source
        self.can_subset = can_subset
        self.resource_defs: Mapping[str, Any] = resource_defs or {}
        self.hooks = hooks
        #: Whether it only looks at assets that are made elsewhere.
        self.observes = observes

    @property
    def name(self) -> str:
        """The name of the node."""
        return self.node.name

    @property
    def op(self) -> OpDefinition:
        """The op that computes the assets.

        Raises:
            DefinitionError: a graph does.
        """
        if isinstance(self.node, OpDefinition):
            return self.node
        raise DefinitionError(f"`{self.name}` is computed by a graph, not by one op", hint="use .node")

    @property
    def node_def(self) -> OpDefinition | GraphDefinition:
        """The node that computes the assets."""
        return self.node

    @property
    def required_resource_keys(self) -> frozenset[str]:
        """The resources its ops and their inputs and outputs ask for."""
        managers = {*io_manager_keys(self)}
        managers |= {one.input_manager_key for one in self.inputs if one.input_manager_key is not None}
        return required_resources(self.node) | managers

    @property
    def specs(self) -> Sequence[AssetSpec]:
        """The assets it makes, with the group they are in and the assets they depend on."""
        return [self._spec(output) for output in self.outputs]

    def _spec(self, output: AssetOutput) -> AssetSpec:
        deps = [one.keys[0] for one in self.inputs] if output.deps is None else output.deps
        spec = output.spec
        return spec.replace_attributes(
            group_name=spec.group_name or "default", deps=deps, skippable=not output.required
        )

    @property
    def keys(self) -> AbstractSet[AssetKey]:
        """The keys of the assets it makes."""
        return {output.spec.key for output in self.outputs}

    @property
    def has_keys(self) -> bool:
        """Whether it makes any asset."""
        return bool(self.outputs)

    @property
    def key(self) -> AssetKey:
        """The key of the one asset it makes.

        Raises:
            DefinitionError: it makes several.
        """
        if len(self.outputs) != 1:
            raise DefinitionError(f"`{self.name}` makes {len(self.outputs)} assets, not one", hint="use .keys")
        return self.outputs[0].spec.key

    @property
    def input_names(self) -> Sequence[str]:
        """The names of its inputs."""
        return [one.name for one in self.inputs]

    @property
    def keys_by_output_name(self) -> Mapping[str, AssetKey]:
        """Which output is which asset."""
        return {output.name: output.spec.key for output in self.outputs}

    @property
    def keys_by_input_name(self) -> Mapping[str, AssetKey]:
        """Which input takes which asset."""
        return {one.name: AssetKey(one.keys[0]) for one in self.inputs}

    @property
    def dependency_keys(self) -> AbstractSet[AssetKey]:
        """The assets it takes or waits for."""
        return {AssetKey(one.keys[0]) for one in self.inputs}

    @property
    def asset_deps(self) -> Mapping[AssetKey, AbstractSet[AssetKey]]:
        """The upstream assets of each asset."""
        everything = self.dependency_keys
        return {
            output.spec.key: everything if output.deps is None else {AssetKey(key) for key in output.deps}
            for output in self.outputs
        }

    @property
    def specs_by_key(self) -> Mapping[AssetKey, AssetSpec]:
        """The assets it makes, by key."""
        return {spec.key: spec for spec in self.specs}

    @property
    def group_names_by_key(self) -> Mapping[AssetKey, str]:
        """The group of each asset."""
        return self._by_key(lambda spec: spec.group_name or "default")

    @property
    def descriptions_by_key(self) -> Mapping[AssetKey, str]:
        """The description of each asset that has one."""
        found = self._by_key(lambda spec: spec.description)
        return {key: text for key, text in found.items() if text}

    @property
    def metadata_by_key(self) -> Mapping[AssetKey, Mapping[str, Any]]:
        """The metadata of each asset."""
        return self._by_key(lambda spec: spec.metadata)

    @property
    def tags_by_key(self) -> Mapping[AssetKey, Mapping[str, str]]:
        """The tags of each asset."""
        return self._by_key(lambda spec: spec.tags)

    @property
    def code_versions_by_key(self) -> Mapping[AssetKey, str | None]:
        """The code version of each asset."""
        return self._by_key(lambda spec: spec.code_version)

    @property
    def owners_by_key(self) -> Mapping[AssetKey, Sequence[str]]:
        """The owners of each asset."""
        return self._by_key(lambda spec: spec.owners)

    def _by_key(self, what: Callable[[AssetSpec], Any]) -> dict[AssetKey, Any]:
        return {output.spec.key: what(output.spec) for output in self.outputs}

    @property
    def partitions_def(self) -> None:
        """Its partitions: it has none."""
        return

    @property
    def is_executable(self) -> bool:
        """Whether orch runs it."""
        return True

    @property
    def is_materializable(self) -> bool:
        """Whether it makes its assets."""
        return not self.observes

    @property
    def is_observable(self) -> bool:
        """Whether it only looks at its assets."""
        return self.observes

    @property
    def is_external(self) -> bool:
        """Whether its assets are made elsewhere."""
        return not self.is_materializable

    @property
    def execution_type(self) -> "AssetExecutionType":
        """What a run of it does."""
        return AssetExecutionType.OBSERVATION if self.observes else AssetExecutionType.MATERIALIZATION

    @property
    def hook_defs(self) -> AbstractSet[HookDefinition]:
        """Its hooks."""
        return self.hooks

    def get_asset_spec(self, key: CoercibleToAssetKey | None = None) -> AssetSpec:
        """What is said about one of its assets; the only one if no key is given.

        Raises:
            DefinitionError: it makes several, and no key is given.
            UnknownAssetError: it makes no such asset.
        """
        return self._spec(self._output(self.key if key is None else AssetKey(key)))

    def get_io_manager_key_for_asset_key(self, key: CoercibleToAssetKey) -> str:
        """The resource that stores one of its assets.

        Raises:
            UnknownAssetError: it makes no such asset.
        """
        return self._output(AssetKey(key)).io_manager_key

    def get_output_name_for_asset_key(self, key: CoercibleToAssetKey) -> str:
        """The output that is one of its assets.

        Raises:
            UnknownAssetError: it makes no such asset.
        """
        return self._output(AssetKey(key)).name

    def _output(self, key: AssetKey) -> AssetOutput:
        for output in self.outputs:
            if output.spec.key == key:
                return output
        raise UnknownAssetError(f"`{self.name}` makes no asset `{key_text(key)}`")

    def with_resources(self, resource_defs: Mapping[str, Any]) -> "AssetsDefinition":
        """The same definition with resources of its own.

        Raises:
            InvocationError: it has another resource of that name.
            MissingResourceError: in Dagster's dialect, one that it needs is not among them.
        """
        if spoken().resources_are_bound:
            for key in sorted(self.required_resource_keys - resource_defs.keys() - self.resource_defs.keys()):
                raise MissingResourceError(f"`{self.name}` needs resource `{key}`, which is not given")
        for key, resource in resource_defs.items():
            if key in self.resource_defs and self.resource_defs[key] is not resource:
                raise InvocationError(f"`{self.name}` brings resource `{key}` itself, and is given another")
        return self._replace(resource_defs={**self.resource_defs, **resource_defs})

    def with_hooks(self, hook_defs: AbstractSet[HookDefinition]) -> "AssetsDefinition":
        """The same definition with more hooks."""
        return self._replace(hooks=self.hooks | frozenset(hook_defs))

    @staticmethod
    def from_graph(graph_def: GraphDefinition, **parameters: Any) -> "AssetsDefinition":
        """Assets that a graph makes. See `assets_of_node`."""
        return fetch("definitions.graph_assets", "assets_of_node")(graph_def, "from_graph", **parameters)  # type: ignore[no-any-return]

    @staticmethod
    def from_op(op_def: OpDefinition, **parameters: Any) -> "AssetsDefinition":
        """Assets that an op makes. See `assets_of_node`."""
        return fetch("definitions.graph_assets", "assets_of_node")(op_def, "from_op", **parameters)  # type: ignore[no-any-return]

    def map_asset_specs(self, change: Callable[[AssetSpec], AssetSpec]) -> "AssetsDefinition":
        """The same definition with every spec replaced by what `change` makes of it.

        Raises:
            DefinitionError: `change` changed a key; use `with_attributes` for that.
        """
        outputs = []
        known = {one.keys[0] for one in self.inputs}
        added: dict[str, AssetInput] = {}
        for output in self.outputs:
            shown = self._spec(output)
            spec = change(shown)
            deps = output.deps if spec.dep_keys == shown.dep_keys else tuple(key_text(key) for key in spec.dep_keys)
            if spec.key != output.spec.key:
                raise DefinitionError(
                    f"map_asset_specs changed the key {output.spec.key} to {spec.key}",
                    hint="use with_attributes(asset_key_replacements={...})",
                )
            for key in deps or ():
                if key not in known:
                    added[key] = AssetInput(name=step_name(key), keys=(key,), loads=False)
            outputs.append(msgspec.structs.replace(output, spec=spec, deps=deps))
        return self._replace(outputs=tuple(outputs), inputs=(*self.inputs, *added.values()))

    def with_attributes(
        self,
        *,
        asset_key_replacements: Mapping[AssetKey, AssetKey] | None = None,
        group_names_by_key: Mapping[AssetKey, str] | None = None,
        tags_by_key: Mapping[AssetKey, Mapping[str, str]] | None = None,
        owners_by_key: Mapping[AssetKey, Sequence[str]] | None = None,
    ) -> "AssetsDefinition":
        """The same definition with other keys, groups, tags or owners; upstream keys are replaced too.

        Raises:
            DefinitionError: an asset that names its group is given another, in Dagster's dialect.
        """
        renames = {key_text(old): key_text(new) for old, new in (asset_key_replacements or {}).items()}

        def rename(keys: tuple[str, ...]) -> tuple[str, ...]:
            return tuple(renames.get(key, key) for key in keys)

        outputs = []
        for output in self.outputs:
            key = output.spec.key
            changes: dict[str, Any] = {"key": rename((key_text(key),))[0]}
            for name, by_key in (("group_name", group_names_by_key), ("tags", tags_by_key), ("owners", owners_by_key)):
                if by_key and key in by_key:
                    changes[name] = by_key[key]
            check_group_change(output.spec, changes.get("group_name"))
            outputs.append(
                msgspec.structs.replace(
                    output,
                    spec=output.spec.replace_attributes(**changes),
                    deps=None if output.deps is None else rename(output.deps),
                )
            )
        inputs = tuple(msgspec.structs.replace(i, keys=tuple(dict.fromkeys(rename(i.keys)))) for i in self.inputs)
        return self._replace(outputs=tuple(outputs), inputs=inputs)

    def _replace(self, **changes: Any) -> "AssetsDefinition":
        return type(self)(**vars(self) | changes)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function, as a test does; in the body of a graph there is no asset to call.

        Raises:
            InvocationError: the arguments do not fit.
            InvariantError: it is called while a graph is composed.
        """
        if is_composing():
            raise InvariantError(
                f"asset `{self.name}` is called in the body of a graph or job",
                hint="pass it to an op as it is, without calling it, to load its value",
            )
        return fetch("execution.direct", "call_assets")(self, args, kwargs)

    def __repr__(self) -> str:
        return f"<AssetsDefinition {self.name}: {', '.join(sorted(key_text(key) for key in self.keys))}>"


def check_group_change(spec: AssetSpec, group: str | None) -> None:
    """Refuse a second group for an asset that names one, in Dagster's dialect.

    Raises:
        DefinitionError: it names one.
    """
    if group is not None and spec.group_name not in (None, "default") and spoken().groups_are_final:
        raise DefinitionError(
            f"asset `{key_text(spec.key)}` is in group `{spec.group_name}`, and is given the group `{group}`",
            sources=(spec.source,),
        )


def required_resources(node: Any) -> frozenset[str]:
    """The resources that an op, or the ops of a graph, ask for."""
    if isinstance(node, OpDefinition):
        return node.required_resource_keys
    return frozenset(key for one in node.node_defs for key in required_resources(one))


def io_manager_keys(assets: AssetsDefinition) -> frozenset[str]:
    """The resources that store the values that assets, and the ops that make them, are made of."""
    return frozenset({output.io_manager_key for output in assets.outputs}) | _stores_of(assets.node)


def _stores_of(node: Any) -> frozenset[str]:
    if isinstance(node, OpDefinition):
        return frozenset(out.io_manager_key for out in node.outs.values())
    return frozenset(key for one in node.node_defs for key in _stores_of(one))
