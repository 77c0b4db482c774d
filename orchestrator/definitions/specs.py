"""What is said about an asset apart from how it is computed: specs, dependencies, inputs and outputs."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Never

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.functions import caller_source
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.metadata import check_metadata
from orchestrator.definitions.names import check_name
from orchestrator.definitions.parameters import refuse_parameters
from orchestrator.definitions.tags import check_group, check_kinds, check_owners, check_tags, kinds_of_tags
from orchestrator.errors import DefinitionError, SourceRef


class AssetSpec:
    """An asset as it is known to others; in `Definitions(assets=[...])` it stands for one that orch never computes.

    Args:
        key: the asset's name.
        deps: assets it depends on, without loading them.
        description: for people; Markdown.
        metadata: facts about the asset that hold for every run.
        skippable: whether a function that makes it may leave it out.
        group_name: where listings put it; `default` if left out.
        code_version: changes when the meaning of the code does.
        owners: e-mail addresses, or `team:NAME`.
        tags: for finding it.
        kinds: what it is made with or of, such as `sql`.

    Raises:
        DefinitionError: any of them is not valid.
    """

    __slots__ = (
        "code_version", "deps", "description", "group_name", "key", "kinds", "metadata", "owners", "skippable",
        "source", "tags",
    )  # fmt: skip

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
            refuse_parameters(refused, "AssetSpec", self.__slots__, self.source)
        self.deps = coerce_deps(deps, where) if deps is not None else ()
        if description is not None and not isinstance(description, str):
            raise DefinitionError(f"description of {where} must be a string, got {type(description).__name__}")
        self.description = description or ""
        self.metadata = check_metadata(metadata, where)
        self.skippable = skippable
        self.group_name = check_group(group_name, where)
        if code_version is not None and not isinstance(code_version, str):
            raise DefinitionError(f"code_version of {where} must be a string, got {type(code_version).__name__}")
        self.code_version = code_version
        self.owners = check_owners(owners, where)
        self.tags = check_tags(tags, where)
        said = kinds_of_tags(self.tags) if self.tags else ()
        self.kinds = check_kinds([*(kinds or ()), *said] if said else kinds, where)

    def replace_attributes(self, **changes: Any) -> "AssetSpec":
        """The same spec with some attributes replaced.

        Raises:
            DefinitionError: an attribute does not exist or is not valid.
        """
        return AssetSpec(**{name: getattr(self, name) for name in AssetSpec.__slots__} | changes)

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
            deps=[*self.deps, *deps],
            metadata={**self.metadata, **(metadata or {})},
            owners=[*self.owners, *owners],
            tags={**self.tags, **(tags or {})},
            kinds={*self.kinds, *kinds},
        )

    def with_io_manager_key(self, io_manager_key: str) -> "AssetSpec":
        """The same spec, to be loaded through the given IO manager."""
        return self.merge_attributes(metadata={"dagster/io_manager_key": io_manager_key})

    def __repr__(self) -> str:
        return f"AssetSpec({key_text(self.key)!r})"


class AssetDep:
    """A dependency on an asset, without loading it."""

    __slots__ = ("asset_key",)

    def __init__(self, asset: Any, **refused: Never) -> None:
        refuse_parameters(refused, "AssetDep", ("asset",))
        keys = _keys_of_dep(asset, "AssetDep")
        if len(keys) != 1:
            raise DefinitionError(f"AssetDep takes one asset; {asset!r} makes {len(keys)}")
        self.asset_key = keys[0]

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
        refuse_parameters(refused, "AssetIn", self.__slots__)
        if key is not None and key_prefix is not None:
            raise DefinitionError("AssetIn takes key or key_prefix, not both")
        self.key = None if key is None else AssetKey(key)
        self.key_prefix = None if key_prefix is None else key_text(key_prefix, "key_prefix")
        self.metadata = check_metadata(metadata, "an AssetIn")
        self.input_manager_key = input_manager_key
        self.dagster_type = dagster_type


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
        refuse_parameters(refused, "AssetOut", self.__slots__)
        if key is not None and key_prefix is not None:
            raise DefinitionError("AssetOut takes key or key_prefix, not both")
        self.key_prefix = None if key_prefix is None else key_text(key_prefix, "key_prefix")
        self.key = None if key is None else AssetKey(key)
        self.description = description
        self.is_required = is_required
        self.io_manager_key = io_manager_key
        self.metadata = check_metadata(metadata, "an AssetOut")
        self.group_name = group_name
        self.code_version = code_version
        self.tags = tags
        self.owners = owners
        self.kinds = kinds
        self.dagster_type = dagster_type

    @classmethod
    def from_spec(cls, spec: AssetSpec, *, io_manager_key: str | None = None) -> "AssetOut":
        """An output that makes the asset of a spec."""
        return cls(
            key=spec.key,
            description=spec.description,
            is_required=not spec.skippable,
            io_manager_key=io_manager_key,
            metadata=spec.metadata,
            group_name=spec.group_name,
            code_version=spec.code_version,
            tags=spec.tags,
            owners=spec.owners,
            kinds=spec.kinds,
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
    if isinstance(dep, str | list | tuple):
        return (AssetKey(dep),)
    if isinstance(dep, AssetSpec):
        return (dep.key,)
    if isinstance(dep, AssetDep):
        return (dep.asset_key,)
    specs: Sequence[AssetSpec] | None = getattr(dep, "specs", None)  # an AssetsDefinition: all it makes
    if specs is not None:
        return tuple(spec.key for spec in specs)
    hint = "did you forget @asset?" if callable(dep) else "use an asset, an AssetKey or a string"
    name = getattr(dep, "__name__", None) or repr(dep)
    raise DefinitionError(f"deps of {where} holds {name:.80}, which is no asset", hint=hint)


def check_output_name(name: object) -> str:
    """Return the name of an output.

    Raises:
        DefinitionError: it is not valid.
    """
    return check_name(name, "output name")
