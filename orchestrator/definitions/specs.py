"""What is said about an asset apart from how it is computed: specs, dependencies, inputs and outputs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, ClassVar, Never

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.functions import caller_source
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.metadata import check_metadata
from orchestrator.definitions.names import check_name
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.runtime_types import NOTHING
from orchestrator.definitions.tags import KIND_PREFIX, check_group, check_kinds, check_owners, tags_and_kinds
from orchestrator.definitions.types import declared_type
from orchestrator.errors import DefinitionError, SourceRef

#: The metadata of a spec that say which resource loads its value.
IO_MANAGER_METADATA = "dagster/io_manager_key"


class AssetSpec:
    """An asset as it is known to others; in `Definitions(assets=[...])` it stands for one that orch never computes.

    Args:
        key: the asset's name.
        deps: assets it depends on, without loading them.
        description: for people; Markdown.
        metadata: facts about the asset that hold for every run.
        skippable: whether a function that makes it may leave it out.
        group_name: where listings put it; `default` if left out, or that of the function that makes it.
        code_version: changes when the meaning of the code does.
        owners: e-mail addresses, or `team:NAME`.
        tags: for finding it.
        kinds: what it is made with or of, such as `sql`.

    Raises:
        DefinitionError: any of them is not valid.
    """

    __slots__ = (
        "code_version", "dep_keys", "description", "group_name", "key", "kind_names", "metadata", "owners", "plain_tags",
        "skippable", "source",
    )  # fmt: skip

    #: Whether a definition that makes the asset is no mistake, and counts in its place.
    gives_way: ClassVar[bool] = False

    def __init__(  # noqa: PLR0913  the public API
        self,
        key: CoercibleToAssetKey,
        *,
        deps: Iterable[Any] | None = None,
        description: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        skippable: bool = False,
        group_name: str | None = None,
        code_version: str | None = None,
        owners: Sequence[str] | None = None,
        tags: Mapping[str, str] | None = None,
        kinds: Iterable[str] | None = None,
        source: SourceRef | None = None,
        **refused: Never,
    ) -> None:
        self.key = key if isinstance(key, AssetKey) else AssetKey(key)
        where = f"asset `{key_text(self.key)}`"
        self.source = source or caller_source()
        if refused:
            refuse_parameters(refused, "AssetSpec", _SPEC_PARAMETERS, self.source)
        #: The assets it depends on.
        self.dep_keys: tuple[AssetKey, ...] = coerce_deps(deps, where) if deps is not None else ()
        if description is not None and not isinstance(description, str):
            raise DefinitionError(f"description of {where} must be a string, got {type(description).__name__}")
        self.description = description
        self.metadata = check_metadata(metadata, where)
        self.skippable = skippable
        self.group_name = None if group_name is None else check_group(group_name, where)
        if code_version is not None and not isinstance(code_version, str):
            raise DefinitionError(f"code_version of {where} must be a string, got {type(code_version).__name__}")
        self.code_version = code_version
        self.owners = check_owners(owners, where)
        #: The tags that name no kind, and the kinds.
        self.plain_tags, self.kind_names = tags_and_kinds(tags, kinds, where)

    @property
    def deps(self) -> "Sequence[AssetDep]":
        """The assets it depends on."""
        return [AssetDep(key) for key in self.dep_keys]

    @property
    def tags(self) -> Mapping[str, str]:
        """Its tags; each kind is one too."""
        return {**self.plain_tags, **{f"{KIND_PREFIX}{kind}": "" for kind in self.kind_names}}

    @property
    def kinds(self) -> set[str]:
        """What it is made with or of."""
        return set(self.kind_names)

    @property
    def io_manager_key(self) -> str | None:
        """The resource that loads its value, if its metadata name one."""
        found = self.metadata.get(IO_MANAGER_METADATA)
        return None if found is None else str(getattr(found, "value", found))

    @property
    def partitions_def(self) -> None:
        """Its partitions: it has none."""
        return

    def replace_attributes(self, **changes: Any) -> "AssetSpec":
        """The same spec with some attributes replaced.

        Raises:
            DefinitionError: an attribute does not exist or is not valid.
        """
        return AssetSpec(**self._attributes() | changes)

    def merge_attributes(
        self,
        *,
        deps: Iterable[Any] = (),
        metadata: Mapping[str, Any] | None = None,
        owners: Sequence[str] = (),
        tags: Mapping[str, str] | None = None,
        kinds: Iterable[str] = (),
    ) -> "AssetSpec":
        """The same spec with more of what it holds several of."""
        return self.replace_attributes(
            deps=[*self.dep_keys, *deps],
            metadata={**self.metadata, **(metadata or {})},
            owners=[*self.owners, *owners],
            tags={**self.plain_tags, **(tags or {})},
            kinds={*self.kind_names, *kinds},
        )

    def with_io_manager_key(self, io_manager_key: str) -> "AssetSpec":
        """The same spec, to be loaded through the given IO manager."""
        return self.merge_attributes(metadata={IO_MANAGER_METADATA: io_manager_key})

    def _attributes(self) -> dict[str, Any]:
        given = {name: getattr(self, name) for name in _SPEC_PARAMETERS if name not in ("deps", "tags", "kinds")}
        return given | {
            "deps": self.dep_keys,
            "tags": self.plain_tags,
            "kinds": self.kind_names,
            "source": self.source,
        }

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetSpec) and all(
            getattr(self, name) == getattr(other, name) for name in self.__slots__ if name != "source"
        )

    def __hash__(self) -> int:
        return hash(self.key)

    def __repr__(self) -> str:
        return f"AssetSpec({key_text(self.key)!r})"


_SPEC_PARAMETERS = (
    "key", "deps", "description", "metadata", "skippable", "group_name", "code_version", "owners", "tags", "kinds",
)  # fmt: skip


class AssetDep:
    """A dependency on an asset, without loading it.

    Args:
        asset: the asset, its spec, or its key.
        metadata: facts about the dependency.

    Raises:
        DefinitionError: it is no asset, or a function that makes several.
    """

    __slots__ = ("asset_key", "metadata")

    def __init__(self, asset: Any, *, metadata: Mapping[str, Any] | None = None, **refused: Never) -> None:
        if refused:
            refuse_parameters(refused, "AssetDep", ("asset", "metadata"))
        if isinstance(asset, AssetDep):
            raise DefinitionError(f"AssetDep takes an asset or its key, got {asset!r:.80}")
        keys = _keys_of_dep(asset, "AssetDep")
        if len(keys) != 1:
            raise DefinitionError(f"AssetDep takes one asset; {asset!r} makes {len(keys)}")
        self.asset_key = keys[0]
        self.metadata = check_metadata(metadata, "an AssetDep")

    @property
    def partition_mapping(self) -> None:
        """Which partitions it depends on: the asset has none."""
        return

    @classmethod
    def from_coercible(cls, value: Any) -> "AssetDep":
        """The dependency that a definition, a key or another dependency means."""
        return value if isinstance(value, AssetDep) else cls(value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetDep) and (self.asset_key, self.metadata) == (other.asset_key, other.metadata)

    def __hash__(self) -> int:
        return hash(self.asset_key)

    def __repr__(self) -> str:
        return f"AssetDep({key_text(self.asset_key)!r})"


class AssetIn:
    """Says which asset a parameter takes.

    Args:
        key: the upstream asset; the parameter's name if left out.
        metadata: told to the IO manager that loads the value.
        key_prefix: put before the parameter's name.
        input_manager_key: the resource that loads the value.
        dagster_type: the type the value is checked against; the parameter's annotation if left out.

    Raises:
        DefinitionError: key and prefix are given, or one of them is not valid.
    """

    __slots__ = ("dagster_type", "input_manager_key", "key", "key_prefix", "metadata")

    def __init__(
        self,
        key: CoercibleToAssetKey | None = None,
        metadata: Mapping[str, Any] | None = None,
        key_prefix: str | Sequence[str] | None = None,
        input_manager_key: str | None = None,
        dagster_type: Any = None,
        **refused: Never,
    ) -> None:
        if refused:
            refuse_parameters(refused, "AssetIn", self.__slots__)
        if key is not None and key_prefix:
            raise DefinitionError("AssetIn takes key or key_prefix, not both")
        self.key = None if key is None else AssetKey(key)
        self.key_prefix = _prefix(key_prefix)
        self.metadata = None if metadata is None else check_metadata(metadata, "an AssetIn")
        self.input_manager_key = input_manager_key
        self.dagster_type = dagster_type

    @property
    def only_waits(self) -> bool:
        """Whether no value is loaded: its type is `Nothing`."""
        return self.dagster_type is not None and declared_type(self.dagster_type, "an AssetIn") is NOTHING

    def resolve_key(self, name: str) -> AssetKey:
        """The asset that a parameter of this name takes."""
        return _resolved(self.key, self.key_prefix, name)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetIn) and all(
            getattr(self, name) == getattr(other, name) for name in self.__slots__
        )

    def __hash__(self) -> int:
        return hash((self.key, self.input_manager_key))

    def __repr__(self) -> str:
        said = (f"{name}={getattr(self, name)!r}" for name in sorted(self.__slots__) if getattr(self, name))
        return f"AssetIn({', '.join(said)})"


def _prefix(prefix: str | Sequence[str] | None) -> list[str]:
    return key_text(prefix, "key_prefix").split("/") if prefix else []


def _resolved(key: AssetKey | None, prefix: Sequence[str], name: str) -> AssetKey:
    return AssetKey("/".join([*prefix, name])) if key is None else key


class AssetOut:
    """One of several assets that a function makes.

    Args:
        key_prefix: put before the output's name.
        key: the asset's key; prefix and the output's name if left out.
        description: for people.
        is_required: whether a run fails if the function does not produce it.
        io_manager_key: the resource that stores its value.
        metadata: facts about the asset.
        group_name: where listings put it.
        code_version: changes when the meaning of the code does.
        tags: for finding it.
        owners: e-mail addresses, or `team:NAME`.
        kinds: what it is made with or of.
        dagster_type: the type its value is checked against.
    """

    __slots__ = (
        "code_version", "dagster_type", "description", "group_name", "io_manager_key", "is_required", "key", "key_prefix",
        "kinds", "metadata", "owners", "tags",
    )  # fmt: skip

    def __init__(  # noqa: PLR0913  the public API
        self,
        key_prefix: str | Sequence[str] | None = None,
        key: CoercibleToAssetKey | None = None,
        *,
        description: str | None = None,
        is_required: bool = True,
        io_manager_key: str | None = None,
        metadata: Mapping[str, Any] | None = None,
        group_name: str | None = None,
        code_version: str | None = None,
        tags: Mapping[str, str] | None = None,
        owners: Sequence[str] | None = None,
        kinds: Iterable[str] | None = None,
        dagster_type: Any = None,
        **refused: Never,
    ) -> None:
        if refused:
            refuse_parameters(refused, "AssetOut", self.__slots__)
        if key is not None and key_prefix:
            raise DefinitionError("AssetOut takes key or key_prefix, not both")
        self.key_prefix = _prefix(key_prefix) or None
        self.key = None if key is None else AssetKey(key)
        self.description = description
        self.is_required = is_required
        self.io_manager_key = io_manager_key
        self.metadata = check_metadata(metadata, "an AssetOut")
        self.group_name = group_name
        self.code_version = code_version
        self.tags = tags or {}
        self.owners = owners
        self.kinds = set(check_kinds(kinds, "an AssetOut"))
        self.dagster_type = dagster_type

    def resolve_key(self, name: str) -> AssetKey:
        """The asset that an output of this name is."""
        return _resolved(self.key, self.key_prefix or (), name)

    @classmethod
    def from_spec(
        cls,
        spec: AssetSpec,
        *,
        io_manager_key: str | None = None,
        is_required: bool | None = None,
        dagster_type: Any = None,
    ) -> "AssetOut":
        """An output that makes the asset of a spec.

        Args:
            spec: of the asset.
            io_manager_key: the resource that stores its value.
            is_required: whether a run fails if the function does not produce it; what the spec says if left out.
            dagster_type: the type its value is checked against.

        Raises:
            DefinitionError: the spec says what the asset depends on; that is for the function to say.
        """
        if spec.dep_keys:
            raise DefinitionError(
                f"{spec} has deps, an AssetOut has none", hint="give them to the function: deps, or internal_asset_deps"
            )
        return cls(
            key=spec.key,
            description=spec.description,
            is_required=not spec.skippable if is_required is None else is_required,
            io_manager_key=io_manager_key,
            metadata=spec.metadata,
            group_name=spec.group_name,
            code_version=spec.code_version,
            tags=spec.plain_tags,
            owners=spec.owners,
            kinds=spec.kind_names,
            dagster_type=dagster_type,
        )


def coerce_deps(deps: object, where: str) -> tuple[AssetKey, ...]:
    """The keys that `deps` names, each once.

    Args:
        deps: a list (or set, or tuple) of definitions, keys, strings, `AssetDep` or `AssetSpec`; or a dict
            `{"name": asset}` whose names and assets agree.
        where: whose dependencies they are, for messages.

    Raises:
        DefinitionError: a bare string, a name that disagrees with its asset, or something that is no asset.
    """
    if deps is None:
        return ()
    if spoken().deps_are_iterated and isinstance(deps, str | Mapping):
        deps = list(deps)
    if isinstance(deps, str):
        raise DefinitionError(f"deps of {where} must be a list, got the string {deps!r}", hint=f'deps=["{deps}"]')
    if isinstance(deps, Mapping):
        keys = [key for name, dep in deps.items() for key in _agreeing_keys(name, dep, where)]
    elif isinstance(deps, Iterable):
        keys = [key for dep in deps for key in _keys_of_dep(dep, where)]
    else:
        raise DefinitionError(f"deps of {where} must be a list, got {type(deps).__name__}", hint="deps=[...]")
    return tuple(dict.fromkeys(keys))


def _agreeing_keys(name: object, dep: object, where: str) -> tuple[AssetKey, ...]:
    keys = _keys_of_dep(dep, where)
    matching = tuple(key for key in keys if name in (key_text(key), key.path[-1], key.to_python_identifier()))
    if matching:
        return matching
    named = " and ".join(f"`{key_text(key)}`" for key in keys)
    raise DefinitionError(
        f"deps of {where} says {name!r} but gives {named}", hint="deps takes a list: deps=[...], or make the two agree"
    )


def _keys_of_dep(dep: object, where: str) -> tuple[AssetKey, ...]:
    if isinstance(dep, AssetKey):
        return (dep,)
    if isinstance(dep, str | list) or (isinstance(dep, tuple) and not spoken().deps_are_iterated):
        return (AssetKey(dep),)
    if isinstance(dep, AssetSpec):
        return (dep.key,)
    if isinstance(dep, AssetDep):
        return (dep.asset_key,)
    outputs: Sequence[Any] | None = getattr(dep, "outputs", None)  # an AssetsDefinition: all it makes
    if outputs is not None and hasattr(dep, "keys_by_output_name"):
        return tuple(output.spec.key for output in outputs)
    hint = "did you forget @asset?" if callable(dep) else "use an asset, an AssetKey or a string"
    name = getattr(dep, "__name__", None) or repr(dep)
    raise DefinitionError(f"deps of {where} holds {name:.80}, which is no asset", hint=hint)


def check_output_name(name: object) -> str:
    """Return the name of an output.

    Raises:
        DefinitionError: it is not valid.
    """
    return check_name(name, "output name")
