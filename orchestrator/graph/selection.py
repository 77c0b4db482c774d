"""Selections of assets: an algebra, each value of which can be written in the selection language.

`selection_parser` reads the language; `str(selection)` writes it; both round-trip. `evaluate` turns a selection into
keys, linear in the size of the graph. Two selections are equal if they read the same.
"""

import sys
from abc import abstractmethod
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from functools import reduce
from typing import Any

import msgspec
from msgspec import Struct

from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.errors import DefinitionError, SelectionError
from orchestrator.graph.asset_graph import AssetGraph
from orchestrator.graph.attributes import TAGS, VALUES, glob
from orchestrator.graph.selection_errors import Place, joined, not_yet, selection_error, unknown_name
from orchestrator.graph.selection_parser import parse_selection
from orchestrator.graph.snapshot import JobSnapshot


class SelectionFacts(Struct, frozen=True):
    """What the store knows that a selection may ask for."""

    materialized: Collection[str]
    #: Assets whose newest attempt failed.
    failed: Collection[str]


class SelectionScope(Struct, frozen=True):
    """What a selection is evaluated against."""

    graph: AssetGraph
    #: Limits what `*` means: the assets of a job's own location.
    location: str | None = None
    #: Called only if the selection asks for a state.
    facts: Callable[[], SelectionFacts] | None = None


class AssetSelection(Struct, frozen=True, eq=False):
    """A set of assets, described. Combine with `|`, `&`, `-` and the methods."""

    @abstractmethod
    def select(self, scope: SelectionScope) -> set[str]:
        """The keys, as `evaluate` gives them, but for the guard against endless nesting."""

    @abstractmethod
    def __str__(self) -> str: ...

    def evaluate(self, scope: SelectionScope) -> set[str]:
        """The keys of the selected assets.

        Raises:
            SelectionError: it names something that does not exist, or asks for what the scope does not know.
        """
        try:
            return self.select(scope)
        except RecursionError:
            raise SelectionError("the selection is nested too deeply") from None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetSelection) and str(self) == str(other)

    def __hash__(self) -> int:
        return hash(str(self))

    def __or__(self, other: "AssetSelection") -> "AssetSelection":
        return any_of([self, other])

    def __and__(self, other: "AssetSelection") -> "AssetSelection":
        return all_of([self, other])

    def __sub__(self, other: "AssetSelection") -> "AssetSelection":
        return all_of([self, Not(other)])

    @staticmethod
    def all(include_sources: bool = False) -> "AssetSelection":  # noqa: FBT001, FBT002  Dagster's signature
        """Every asset that a code location computes; with `include_sources` external ones too."""
        return KeyMatches("*") if include_sources else AllAssets()

    @staticmethod
    def keys(*keys: CoercibleToAssetKey) -> "AssetSelection":
        """The assets with these keys."""
        return any_of([KeyMatches(key_text(key)) for key in keys])

    @staticmethod
    def assets(*assets: Any) -> "AssetSelection":
        """The assets that these definitions make, or that these keys name."""
        return any_of([KeyMatches(key) for asset in assets for key in _keys_of(asset)])

    @staticmethod
    def groups(*group_strs: str) -> "AssetSelection":
        """The assets of these groups."""
        return any_of([Attribute("group", group) for group in group_strs])

    @staticmethod
    def tag(key: str, value: str) -> "AssetSelection":
        """The assets with this tag and value."""
        return Tag("tag", key, value)

    @staticmethod
    def tag_string(string: str) -> "AssetSelection":
        """The assets with a tag, given as `key` or `key=value`."""
        key, equals, value = string.partition("=")
        return Tag("tag", key, value if equals else None)

    @staticmethod
    def kind(kind_str: str | None) -> "AssetSelection":
        """The assets of this kind; of none for None."""
        return Attribute("kind", kind_str)

    @staticmethod
    def owner(owner: str | None) -> "AssetSelection":
        """The assets of this owner; of none for None."""
        return Attribute("owner", owner)

    @staticmethod
    def code_location(name: str) -> "AssetSelection":
        """The assets of this code location."""
        return Attribute("code_location", name)

    @staticmethod
    def key_prefixes(*prefixes: str | Sequence[str]) -> "AssetSelection":
        """The assets whose keys start with these parts."""
        return any_of([KeyMatches(f"{key_text(prefix, 'key prefix')}/*") for prefix in prefixes])

    @staticmethod
    def key_substring(key_substring: str) -> "AssetSelection":
        """The assets whose keys hold this text."""
        return KeyMatches(f"*{key_substring}*")

    @staticmethod
    def from_string(string: str) -> "AssetSelection":
        """Read text in the selection language.

        Raises:
            SelectionError: it cannot be read; points at the character.
        """
        selection: AssetSelection = parse_selection(string, sys.modules[__name__])
        return selection

    @staticmethod
    def from_coercible(selection: Any) -> "AssetSelection":
        """A selection from a selection, text in the language, or a list of keys, names and definitions.

        Raises:
            SelectionError: it is none of these, or the text cannot be read.
        """
        if isinstance(selection, AssetSelection):
            return selection
        if isinstance(selection, str):
            return AssetSelection.from_string(selection)
        if isinstance(selection, Iterable) and not isinstance(selection, AssetKey):
            return any_of(
                [
                    AssetSelection.from_string(one) if isinstance(one, str) else AssetSelection.assets(one)
                    for one in selection
                ]
            )
        return AssetSelection.assets(selection)

    def upstream(self, depth: int | None = None, include_self: bool = True) -> "AssetSelection":  # noqa: FBT001, FBT002
        """These and what they depend on, at most `depth` steps away."""
        return Up(self, depth) if include_self else Up(self, depth) - self

    def downstream(self, depth: int | None = None, include_self: bool = True) -> "AssetSelection":  # noqa: FBT001, FBT002
        """These and what depends on them, at most `depth` steps away."""
        return Down(self, depth) if include_self else Down(self, depth) - self

    def roots(self) -> "AssetSelection":
        """Those of these that depend on none of these."""
        return Ends("roots", self)

    sources = roots

    def sinks(self) -> "AssetSelection":
        """Those of these that none of these depends on."""
        return Ends("sinks", self)

    def required_multi_asset_neighbors(self) -> "AssetSelection":
        """These and what the functions that make them cannot help making too."""
        return Neighbors(self)

    def materializable(self) -> "AssetSelection":
        """Those of these that a code location computes."""
        return self & Attribute("is", "materializable")


class AllAssets(AssetSelection, frozen=True, eq=False):
    """Every asset that a code location computes: `*`."""

    def select(self, scope: SelectionScope) -> set[str]:
        limit = scope.location
        assets = scope.graph.assets.items()
        return {key for key, one in assets if not one.external and limit in (None, one.location)}

    def __str__(self) -> str:
        return "*"


class KeyMatches(AssetSelection, frozen=True, eq=False):
    """A key, or a pattern over the whole key: `key:"a/*"`."""

    pattern: str
    place: Place | None = None

    def select(self, scope: SelectionScope) -> set[str]:
        assets = scope.graph.assets
        if "*" in self.pattern:
            match = glob(self.pattern)
            return {key for key in assets if match(key)}
        if self.pattern in assets:
            return {self.pattern}
        raise unknown_name("asset", self.pattern, assets, self.place)

    def __str__(self) -> str:
        return f"key:{_quote(self.pattern)}"


class State(AssetSelection, frozen=True, eq=False):
    """A bare word for a state: `missing`, `failed`; or the asset of that name, if there is one."""

    word: str
    place: Place | None = None

    def select(self, scope: SelectionScope) -> set[str]:
        if self.word in scope.graph.assets:
            return {self.word}
        return Attribute("status", self.word, self.place).select(scope)

    def __str__(self) -> str:
        return self.word


class Attribute(AssetSelection, frozen=True, eq=False):
    """An attribute and its value: `group:x`; None means that there is none: `kind:null`."""

    name: str
    value: str | None
    place: Place | None = None

    def select(self, scope: SelectionScope) -> set[str]:
        special = {"is": self._is, "status": self._status, "job": self._job}.get(self.name)
        if special is not None:
            return special(scope)
        assets = scope.graph.assets
        values_of = VALUES[self.name]
        if self.value is None:
            return {key for key, one in assets.items() if not values_of(one)}
        if "*" in self.value:
            match = glob(self.value)
            return {key for key, one in assets.items() if any(match(value) for value in values_of(one))}
        found = {key for key, one in assets.items() if self.value in values_of(one)}
        if not found:
            known = {value for one in assets.values() for value in values_of(one)}
            if self.name == "code_location":
                known |= {*scope.graph.locations, *scope.graph.failed_locations}
            if self.value not in known:
                raise unknown_name(self.name.replace("_", " "), self.value, known, self.place)
        return found

    def _is(self, scope: SelectionScope) -> set[str]:
        if self.value in ("external", "materializable"):
            external = self.value == "external"
            return {key for key, one in scope.graph.assets.items() if one.external is external}
        return self._status(scope)

    def _status(self, scope: SelectionScope) -> set[str]:
        if self.value not in ("materialized", "missing", "failed"):
            if self.value == "stale":
                raise not_yet("stale", self.place)
            known = ["materialized", "missing", "failed"] + (
                ["external", "materializable"] if self.name == "is" else []
            )
            raise unknown_name(f"`{self.name}:`", self.value or "null", known, self.place)
        if scope.facts is None:
            raise selection_error(
                f"`{self.value}` needs the record of earlier runs, which is not known here", self.place
            )
        facts = scope.facts()
        computed = {key for key, one in scope.graph.assets.items() if not one.external}
        if self.value == "failed":
            return computed.intersection(facts.failed)
        found = computed.intersection(facts.materialized)
        return found if self.value == "materialized" else computed - found

    def _job(self, scope: SelectionScope) -> set[str]:
        found = scope.graph.jobs.get(self.value or "")
        if not found:
            raise unknown_name("job", self.value or "null", scope.graph.jobs, self.place)
        return {key for location, job in found for key in job_keys(scope, location, job)}

    def __str__(self) -> str:
        return f"{self.name}:{'null' if self.value is None else _quote(self.value)}"


class Tag(AssetSelection, frozen=True, eq=False):
    """A tag, with any value (`tag:k`) or a certain one (`tag:k=v`); the key None means that there is none: `tag:null`."""

    name: str
    key: str | None
    value: str | None = None
    place: Place | None = None

    def select(self, scope: SelectionScope) -> set[str]:
        assets = scope.graph.assets
        tags_of = TAGS[self.name]
        if self.key is None:
            return {key for key, one in assets.items() if not list(tags_of(one))}
        matches_key, matches_value = glob(self.key), None if self.value is None else glob(self.value)
        found = {
            asset_key
            for asset_key, one in assets.items()
            if any(matches_key(key) and (matches_value is None or matches_value(value)) for key, value in tags_of(one))
        }
        if not found and "*" not in self.key:
            known = {key for one in assets.values() for key, _ in tags_of(one)}
            if self.key not in known:
                raise unknown_name(self.name.replace("_", " "), self.key, known, self.place)
        return found

    def __str__(self) -> str:
        value = "" if self.value is None else f"={_quote(self.value)}"
        return f"{self.name}:{'null' if self.key is None else _quote(self.key)}{value}"


class Up(AssetSelection, frozen=True, eq=False):
    """A selection and what it depends on: `+x`, `2+x`."""

    of: AssetSelection
    depth: int | None = None

    def select(self, scope: SelectionScope) -> set[str]:
        return scope.graph.up(self.of.select(scope), self.depth)

    def __str__(self) -> str:
        return f"{'' if self.depth is None else self.depth}+{_operand(self.of)}"


class Down(AssetSelection, frozen=True, eq=False):
    """A selection and what depends on it: `x+`, `x+2`."""

    of: AssetSelection
    depth: int | None = None

    def select(self, scope: SelectionScope) -> set[str]:
        return scope.graph.down(self.of.select(scope), self.depth)

    def __str__(self) -> str:
        return f"{_operand(self.of)}+{'' if self.depth is None else self.depth}"


class Ends(AssetSelection, frozen=True, eq=False):
    """The first or last of a selection: `roots(x)`, `sinks(x)`."""

    side: str
    of: AssetSelection

    def select(self, scope: SelectionScope) -> set[str]:
        keys = self.of.select(scope)
        neighbours = scope.graph.upstream if self.side == "roots" else scope.graph.downstream
        return {key for key in keys if keys.isdisjoint(neighbours[key])}

    def __str__(self) -> str:
        return f"{self.side}({self.of})"


class Between(AssetSelection, frozen=True, eq=False):
    """All that lies on a way from one selection to another, both included: `between(a, b)`."""

    first: AssetSelection
    last: AssetSelection

    def select(self, scope: SelectionScope) -> set[str]:
        return scope.graph.down(self.first.select(scope)) & scope.graph.up(self.last.select(scope))

    def __str__(self) -> str:
        return f"between({_operand(self.first)}, {_operand(self.last)})"


class Neighbors(AssetSelection, frozen=True, eq=False):
    """A selection and what is made with it: `neighbors(x)`."""

    of: AssetSelection

    def select(self, scope: SelectionScope) -> set[str]:
        keys = self.of.select(scope)
        nodes = {id(one.node): one.node for one in (scope.graph.assets[key] for key in keys) if one.node is not None}
        together = {asset.key for node in nodes.values() if not node.can_subset for asset in node.assets}
        return keys | together

    def __str__(self) -> str:
        return f"neighbors({self.of})"


class AllOf(AssetSelection, frozen=True, eq=False):
    """What all of several selections select: `a and b`."""

    parts: tuple[AssetSelection, ...]

    def select(self, scope: SelectionScope) -> set[str]:
        return reduce(set.intersection, (part.select(scope) for part in self.parts))

    def __str__(self) -> str:
        return " and ".join(_operand(part) for part in self.parts)


class AnyOf(AssetSelection, frozen=True, eq=False):
    """What any of several selections selects: `a or b`, `a, b`."""

    parts: tuple[AssetSelection, ...]

    def select(self, scope: SelectionScope) -> set[str]:
        unknown = []
        found: set[str] = set()
        for part in self.parts:
            try:
                found |= part.select(scope)
            except SelectionError as error:  # all unknown names are reported at once
                unknown.append(error)
        if unknown:
            raise joined(unknown)
        return found

    def __str__(self) -> str:
        return " or ".join(_operand(part) for part in self.parts)


class Not(AssetSelection, frozen=True, eq=False):
    """Every asset, external ones too, but these: `not a`."""

    of: AssetSelection

    def select(self, scope: SelectionScope) -> set[str]:
        return scope.graph.assets.keys() - self.of.select(scope)

    def __str__(self) -> str:
        return f"not {_operand(self.of)}"


def any_of(parts: Sequence[AssetSelection]) -> AssetSelection:
    """The union of selections."""
    flat = [one for part in parts for one in (part.parts if isinstance(part, AnyOf) else (part,))]
    if not flat:
        raise SelectionError("the selection is empty", hint="use '*' for all assets")
    return flat[0] if len(flat) == 1 else AnyOf(tuple(flat))


def all_of(parts: Sequence[AssetSelection]) -> AssetSelection:
    """The intersection of selections."""
    flat = [one for part in parts for one in (part.parts if isinstance(part, AllOf) else (part,))]
    return flat[0] if len(flat) == 1 else AllOf(tuple(flat))


def job_keys(scope: SelectionScope, location: str, job: JobSnapshot) -> set[str]:
    """The keys that a job of a location selects, none if it runs ops; `*` means the location's own assets.

    Raises:
        SelectionError: the job selects something that does not exist.
    """
    if job.graph is not None:
        return set()
    return AssetSelection.from_string(job.selection).evaluate(msgspec.structs.replace(scope, location=location))


def _keys_of(asset: Any) -> Iterator[str]:
    specs = getattr(asset, "specs", None)
    if specs is not None:
        yield from (key_text(spec.key) for spec in specs)
        return
    key = getattr(asset, "key", asset)  # an AssetSpec has a key, a key is one
    try:
        yield key_text(key)
    except DefinitionError as error:
        raise SelectionError(f"a selection holds {asset!r:.80}: {error.message}", hint=error.hint) from None


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _operand(selection: AssetSelection) -> str:
    return f"({selection})" if isinstance(selection, AllOf | AnyOf | Not | Up | Down) else str(selection)
