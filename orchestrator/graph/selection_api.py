"""The constructors, operators and methods of selections, as users call them.

They only put together the nodes of `selection`, which know what they select.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar, cast

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.upward import fetch
from orchestrator.errors import DefinitionError, UnreadableSelectionError
from orchestrator.graph.selection_parser import parse_selection

if TYPE_CHECKING:
    from orchestrator.graph.selection import AssetSelection


class SelectionApi:
    """What every selection can be asked, and how selections are made."""

    #: The module with the nodes, set by it: they are subclasses of this.
    nodes: ClassVar[Any]

    def __or__(self, other: "AssetSelection") -> "AssetSelection":
        return self.nodes.any_of([self, _selection(other)])  # type: ignore[no-any-return]

    def __and__(self, other: "AssetSelection") -> "AssetSelection":
        return self.nodes.all_of([self, _selection(other)])  # type: ignore[no-any-return]

    def __sub__(self, other: "AssetSelection") -> "AssetSelection":
        parts = (self, self.nodes.Not(_selection(other)))
        return self.nodes.AllOf(parts) if spoken().strict_selections else self.nodes.all_of(parts)  # type: ignore[no-any-return]

    @staticmethod
    def all(include_sources: bool = False) -> "AssetSelection":  # noqa: FBT001, FBT002  Dagster's signature
        """Every asset that a code location computes; with `include_sources` external ones too."""
        return _make("KeyMatches", "*") if include_sources else _make("AllAssets")

    @staticmethod
    def keys(*keys: CoercibleToAssetKey) -> "AssetSelection":
        """The assets with these keys."""
        return _any([_make("KeyMatches", key_text(key)) for key in keys])

    @staticmethod
    def assets(*assets: Any) -> "AssetSelection":
        """The assets that these definitions make, or that these keys name.

        Raises:
            DefinitionError: one of them is no asset.
        """
        return _any([_make("KeyMatches", key) for asset in assets for key in _keys_of(asset)])

    @staticmethod
    def groups(*group_strs: str, include_sources: bool | None = None) -> "AssetSelection":
        """The assets of these groups.

        Args:
            group_strs: the groups.
            include_sources: whether external assets count too; they do if left out.
        """
        return _any([_attribute("group", group, include_sources) for group in group_strs])

    @staticmethod
    def tag(key: str, value: str, include_sources: bool | None = None) -> "AssetSelection":  # noqa: FBT001
        """The assets with this tag and value."""
        return _make("Tag", "tag", _text(key, "tag key"), _text(value, "tag value"), **_meaning(include_sources))

    @staticmethod
    def tag_string(string: str, include_sources: bool | None = None) -> "AssetSelection":  # noqa: FBT001
        """The assets with a tag, given as `key` or `key=value`.

        Raises:
            DefinitionError: it is not of that form.
        """
        key, equals, value = _text(string, "tag").partition("=")
        if "=" in value:
            raise DefinitionError(f"the tag {string!r} has more than one '='")
        known = value if equals or spoken().strict_selections else None
        return _make("Tag", "tag", key, known, **_meaning(include_sources))

    @staticmethod
    def kind(kind_str: str | None, include_sources: bool | None = None) -> "AssetSelection":  # noqa: FBT001
        """The assets of this kind; of none for None."""
        return _attribute("kind", kind_str, include_sources)

    @staticmethod
    def owner(owner: str | None) -> "AssetSelection":
        """The assets of this owner; of none for None."""
        return _attribute("owner", owner, None)

    @staticmethod
    def code_location(name: str) -> "AssetSelection":
        """The assets of this code location."""
        return _attribute("code_location", name, None)

    @staticmethod
    def key_prefixes(*prefixes: str | Sequence[str], include_sources: bool | None = None) -> "AssetSelection":
        """The assets whose keys start with these parts."""
        meaning = _meaning(include_sources)
        texts = [key_text(prefix, "key prefix") for prefix in prefixes]
        patterns = [
            pattern for text in texts for pattern in ((text, f"{text}/*") if meaning["quiet"] else (f"{text}/*",))
        ]
        return _any([_make("KeyMatches", pattern, **meaning) for pattern in patterns])

    @staticmethod
    def key_substring(key_substring: str, include_sources: bool | None = None) -> "AssetSelection":  # noqa: FBT001
        """The assets whose keys hold this text."""
        return _make("KeyMatches", f"*{_text(key_substring, 'text')}*", **_meaning(include_sources))

    @staticmethod
    def from_string(string: str) -> "AssetSelection":
        """Read text in the selection language.

        Raises:
            SelectionError: it cannot be read; points at the character.
        """
        strict = spoken().strict_selections
        read = fetch("graph.selection_strict", "parse_strictly") if strict else parse_selection
        return cast("AssetSelection", read(string, SelectionApi.nodes))

    @staticmethod
    def from_coercible(selection: Any) -> "AssetSelection":
        """A selection from a selection, text in the language, or a list of keys, names and definitions.

        Raises:
            SelectionError: it is none of these, or the text cannot be read.
        """
        if isinstance(selection, SelectionApi):
            return cast("AssetSelection", selection)
        if isinstance(selection, str):
            return SelectionApi.from_string(selection)
        strict = spoken().strict_selections
        if strict:
            _check_items(selection)
        several = isinstance(selection, Iterable) and not isinstance(selection, AssetKey | Mapping)
        try:
            parts = [
                SelectionApi.from_string(one) if isinstance(one, str) else SelectionApi.assets(one)
                for one in (selection if several else [selection])
            ]
        except DefinitionError as error:
            raise UnreadableSelectionError(error.message, hint=error.hint) from None
        return cast("AssetSelection", SelectionApi.nodes.any_of(parts))

    def upstream(self, depth: int | None = None, include_self: bool = True) -> "AssetSelection":  # noqa: FBT001, FBT002
        """These and what they depend on, at most `depth` steps away."""
        above = _make("Up", self, _depth(depth), external=not spoken().strict_selections)
        return above if include_self else above - cast("AssetSelection", self)

    def downstream(self, depth: int | None = None, include_self: bool = True) -> "AssetSelection":  # noqa: FBT001, FBT002
        """These and what depends on them, at most `depth` steps away."""
        below = _make("Down", self, _depth(depth))
        return below if include_self else below - cast("AssetSelection", self)

    def upstream_source_assets(self) -> "AssetSelection":
        """The external assets that these depend on, through whatever lies between."""
        return _make("Up", self) & _make("Attribute", "is", "external")

    def roots(self) -> "AssetSelection":
        """Those of these that depend on none of these."""
        return _make("Ends", "roots", self)

    sources = roots

    def sinks(self) -> "AssetSelection":
        """Those of these that none of these depends on."""
        return _make("Ends", "sinks", self)

    def required_multi_asset_neighbors(self) -> "AssetSelection":
        """These and what the functions that make them cannot help making too."""
        return _make("Neighbors", self)

    def materializable(self) -> "AssetSelection":
        """Those of these that a code location computes."""
        return self & _make("Attribute", "is", "materializable")

    def resolve(self, all_assets: Any, allow_missing: bool = False) -> set[AssetKey]:  # noqa: FBT001, FBT002
        """The keys of the selected assets among some.

        Args:
            all_assets: a list of assets, or what `Definitions.resolve_asset_graph` gives.
            allow_missing: leave out keys that do not exist, instead of raising.

        Raises:
            SelectionError: it names something that does not exist.
            DefinitionError: `all_assets` is something else.
        """
        found: set[AssetKey] = fetch("workspace.asset_graphs", "graph_of")(all_assets).keys_of(
            self, allow_missing=allow_missing
        )
        return found


def _make(node: str, *parts: Any, **meaning: Any) -> "AssetSelection":
    return cast("AssetSelection", getattr(SelectionApi.nodes, node)(*parts, **meaning))


def _any(parts: list["AssetSelection"]) -> "AssetSelection":
    if not parts and spoken().strict_selections:
        return _make("AnyOf", ())
    return cast("AssetSelection", SelectionApi.nodes.any_of(parts))


def _attribute(name: str, value: str | None, include_sources: bool | None) -> "AssetSelection":  # noqa: FBT001
    known = None if value is None else _text(value, name)
    return _make("Attribute", name, known, **_meaning(include_sources))


def _meaning(include_sources: bool | None) -> dict[str, bool]:  # noqa: FBT001
    """How nodes are to be understood: whether an unknown value is no mistake, and whether external assets count."""
    strict = spoken().strict_selections
    return {"quiet": strict, "external": not strict if include_sources is None else include_sources}


def _text(value: object, what: str) -> str:
    if not isinstance(value, str):
        raise DefinitionError(f"a {what} is text, got {value!r:.80}")
    return value


def _depth(depth: object) -> int | None:
    if depth is not None and (not isinstance(depth, int) or isinstance(depth, bool)):
        raise DefinitionError(f"depth is a number of layers, got {depth!r:.80}")
    return depth


def _selection(other: object) -> "AssetSelection":
    if not isinstance(other, SelectionApi):
        raise DefinitionError(
            f"a selection is combined with {other!r:.80}", hint="make a selection of it: AssetSelection.from_coercible"
        )
    return cast("AssetSelection", other)


def _keys_of(asset: Any) -> Iterator[str]:
    specs = getattr(asset, "specs", None)
    if specs is not None:
        yield from (key_text(spec.key) for spec in specs)
        return
    key = getattr(asset, "key", asset)  # an AssetSpec has a key, a key is one
    try:
        yield key_text(key)
    except DefinitionError as error:
        raise DefinitionError(f"a selection holds {asset!r:.80}: {error.message}", hint=error.hint) from None


def _check_items(selection: object) -> None:
    """Refuse what Dagster refuses: anything but a list of one kind of thing."""
    if isinstance(selection, list | tuple):
        kinds = {str if isinstance(one, str) else AssetKey if isinstance(one, AssetKey) else None for one in selection}
        if len(kinds - {None}) + (None in kinds) <= 1 and all(
            hasattr(one, "node") or isinstance(one, str | AssetKey) or hasattr(one, "to_spec") for one in selection
        ):
            return
    raise UnreadableSelectionError(
        f"a selection is text, an AssetSelection, or a list of names, of keys or of definitions; got {selection!r:.80}"
    )
