"""Assets and the functions that compute them.

An `AssetsDefinition` is one function, the assets it makes (`outputs`), and what it needs (`inputs`: upstream assets,
loaded into a parameter or only waited for; resources; the context). The decorators that make it are in `decorators`.
"""

from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from typing import Any

import msgspec
from msgspec import Struct

from orchestrator.definitions.keys import AssetKey, key_text
from orchestrator.definitions.specs import AssetSpec
from orchestrator.errors import DefinitionError, SourceRef

DEFAULT_IO_MANAGER_KEY = "io_manager"


class AssetInput(Struct, frozen=True, kw_only=True):
    """An upstream asset of a function."""

    #: The parameter, or the upstream key if it is only waited for.
    name: str
    #: Keys it may mean, best first.
    keys: tuple[str, ...]
    loads: bool
    #: The parameter has a default value.
    optional: bool = False
    input_manager_key: str | None = None
    metadata: Mapping[str, Any] = {}


class AssetOutput(Struct, frozen=True, kw_only=True):
    """An asset that a function makes."""

    name: str
    spec: AssetSpec
    required: bool = True
    io_manager_key: str = DEFAULT_IO_MANAGER_KEY
    #: Whether the function's annotation says that nothing is stored.
    stores_nothing: bool = False
    #: Upstream keys, if they differ from all the inputs.
    deps: tuple[str, ...] | None = None


class Signature(Struct, frozen=True, kw_only=True):
    """How to call a function: which parameter takes what."""

    positional_only: tuple[str, ...] = ()
    context: str | None = None
    resources: tuple[str, ...] = ()
    #: Parameters left over: the assets it loads, and those of them that have a default value.
    assets: tuple[str, ...] = ()
    defaults: frozenset[str] = frozenset()
    var_keyword: bool = False
    returns: Any = Any


class AssetsDefinition:
    """A function and the assets it makes. Made by `@asset` and `@multi_asset`.

    Calling it calls the function, so that it can be tested like any other.
    """

    def __init__(  # noqa: PLR0913  one value per thing a definition says
        self,
        *,
        name: str,
        function: Callable[..., Any],
        signature: Signature,
        inputs: tuple[AssetInput, ...],
        outputs: tuple[AssetOutput, ...],
        source: SourceRef,
        can_subset: bool = False,
        required_resource_keys: frozenset[str] = frozenset(),
        resource_defs: Mapping[str, Any] | None = None,
        op_tags: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.function = function
        self.signature = signature
        self.inputs = inputs
        self.outputs = outputs
        self.source = source
        self.can_subset = can_subset
        self.required_resource_keys = required_resource_keys
        self.resource_defs = resource_defs or {}
        self.op_tags = op_tags or {}

    @property
    def specs(self) -> tuple[AssetSpec, ...]:
        """The assets it makes."""
        return tuple(output.spec for output in self.outputs)

    @property
    def keys(self) -> AbstractSet[AssetKey]:
        """The keys of the assets it makes."""
        return {output.spec.key for output in self.outputs}

    @property
    def key(self) -> AssetKey:
        """The key of the one asset it makes.

        Raises:
            DefinitionError: it makes several.
        """
        if len(self.outputs) != 1:
            raise DefinitionError(f"`{self.name}` makes {len(self.outputs)} assets, not one", hint="use .keys")
        return self.outputs[0].spec.key

    def map_asset_specs(self, change: Callable[[AssetSpec], AssetSpec]) -> "AssetsDefinition":
        """The same definition with every spec replaced by what `change` makes of it.

        Raises:
            DefinitionError: `change` changed a key; use `with_attributes` for that.
        """
        outputs = []
        for output in self.outputs:
            spec = change(output.spec)
            if spec.key != output.spec.key:
                raise DefinitionError(
                    f"map_asset_specs changed the key {output.spec.key} to {spec.key}",
                    hint="use with_attributes(asset_key_replacements={...})",
                )
            outputs.append(msgspec.structs.replace(output, spec=spec))
        return self._replace(outputs=tuple(outputs))

    def with_attributes(
        self,
        *,
        asset_key_replacements: Mapping[AssetKey, AssetKey] | None = None,
        group_names_by_key: Mapping[AssetKey, str] | None = None,
        tags_by_key: Mapping[AssetKey, Mapping[str, str]] | None = None,
        owners_by_key: Mapping[AssetKey, Sequence[str]] | None = None,
    ) -> "AssetsDefinition":
        """The same definition with other keys, groups, tags or owners; upstream keys are replaced too."""
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
        return AssetsDefinition(**vars(self) | changes)

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        """Call the function."""
        return self.function(*args, **kwargs)

    def __repr__(self) -> str:
        return f"<AssetsDefinition {self.name}: {', '.join(sorted(key_text(key) for key in self.keys))}>"
