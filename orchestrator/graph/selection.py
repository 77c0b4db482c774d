"""Selections of assets: an algebra, each value of which can be written in the selection language.

`selection_parser` reads the language; `str(selection)` writes it; both round-trip. `evaluate` turns a selection into
keys, linear in the size of the graph. Two selections are equal if they read the same.
"""

import sys
from abc import abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from functools import reduce

import msgspec
from msgspec import Struct

from orchestrator.definitions.dialect import spoken
from orchestrator.errors import SelectionError
from orchestrator.graph.asset_graph import AssetGraph, GraphAsset
from orchestrator.graph.attributes import TAGS, VALUES, glob
from orchestrator.graph.selection_api import SelectionApi
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
    #: Whether keys that do not exist are left out.
    missing_ok: bool = False


class AssetSelection(SelectionApi, Struct, frozen=True, eq=False):
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
    #: Whether a key that does not exist is no mistake.
    quiet: bool = False
    #: Whether external assets count.
    external: bool = True

    def select(self, scope: SelectionScope) -> set[str]:
        assets = scope.graph.assets
        if "*" in self.pattern:
            match = glob(self.pattern)
            return {key for key, one in assets.items() if match(key) and (self.external or not one.external)}
        if self.pattern in assets:
            return {self.pattern}
        if self.quiet or scope.missing_ok:
            return set()
        raise unknown_name("asset", self.pattern, assets, self.place)

    def __str__(self) -> str:
        return _among(f"key:{_quote(self.pattern)}", self.quiet or self.external)


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
    #: Whether a value that no asset has is no mistake.
    quiet: bool = False
    #: Whether external assets count.
    external: bool = True

    def select(self, scope: SelectionScope) -> set[str]:
        special = {"is": self._is, "status": self._status, "job": self._job}.get(self.name)
        if special is not None:
            return special(scope)
        assets = _counting(scope, external=self.external)
        values_of = VALUES[self.name]
        if self.value is None:
            return {key for key, one in assets.items() if not values_of(one)}
        if "*" in self.value:
            match = glob(self.value)
            return {key for key, one in assets.items() if any(match(value) for value in values_of(one))}
        found = {key for key, one in assets.items() if self.value in values_of(one)}
        if not found and not self.quiet:
            known = {value for one in scope.graph.assets.values() for value in values_of(one)}
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
        text = f"{self.name}:{_null(quiet=self.quiet) if self.value is None else _quote(self.value)}"
        return _among(text, self.quiet or self.external)


class Tag(AssetSelection, frozen=True, eq=False):
    """A tag, with any value (`tag:k`) or a certain one (`tag:k=v`); the key None means that there is none: `tag:null`."""

    name: str
    key: str | None
    value: str | None = None
    place: Place | None = None
    #: Whether a tag that no asset has is no mistake.
    quiet: bool = False
    #: Whether external assets count.
    external: bool = True

    def select(self, scope: SelectionScope) -> set[str]:
        assets = _counting(scope, external=self.external)
        tags_of = TAGS[self.name]
        if self.key is None:
            return {key for key, one in assets.items() if not list(tags_of(one))}
        matches_key, matches_value = glob(self.key), None if self.value is None else glob(self.value)
        found = {
            asset_key
            for asset_key, one in assets.items()
            if any(matches_key(key) and (matches_value is None or matches_value(value)) for key, value in tags_of(one))
        }
        if not found and "*" not in self.key and not self.quiet:
            known = {key for one in scope.graph.assets.values() for key, _ in tags_of(one)}
            if self.key not in known:
                raise unknown_name(self.name.replace("_", " "), self.key, known, self.place)
        return found

    def __str__(self) -> str:
        value = "" if self.value is None or (self.quiet and not self.value) else f"={_quote(self.value)}"
        text = f"{self.name}:{_null(quiet=self.quiet) if self.key is None else _quote(self.key)}{value}"
        return _among(text, self.quiet or self.external)


class Up(AssetSelection, frozen=True, eq=False):
    """A selection and what it depends on: `+x`, `2+x`."""

    of: AssetSelection
    depth: int | None = None
    #: Whether external assets count.
    external: bool = True

    def select(self, scope: SelectionScope) -> set[str]:
        keys = scope.graph.up(self.of.select(scope), self.depth)
        return keys if self.external else keys & _counting(scope, external=False).keys()

    def __str__(self) -> str:
        return f"{'' if self.depth is None else self.depth}+{_walked(self.of)}"


class Down(AssetSelection, frozen=True, eq=False):
    """A selection and what depends on it: `x+`, `x+2`."""

    of: AssetSelection
    depth: int | None = None

    def select(self, scope: SelectionScope) -> set[str]:
        return scope.graph.down(self.of.select(scope), self.depth)

    def __str__(self) -> str:
        return f"{_walked(self.of)}+{'' if self.depth is None else self.depth}"


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
        return f"between({self.first}, {self.last})"


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
        parts = self.parts
        if isinstance(parts[0], AllAssets) and len(parts) > 1 and spoken().strict_selections:
            parts = parts[1:]  # in that dialect every selection is one of all that is computed
        return " and ".join(_operand(part) for part in parts)


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
        return " or ".join(_operand(part) for part in self.parts) or 'not key:"*"'


class Not(AssetSelection, frozen=True, eq=False):
    """Every asset, external ones too, but these: `not a`."""

    of: AssetSelection
    #: Whether external assets count.
    external: bool = True

    def select(self, scope: SelectionScope) -> set[str]:
        return _counting(scope, external=self.external).keys() - self.of.select(scope)

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
    return read_selection(job.selection).evaluate(msgspec.structs.replace(scope, location=location))


def _quote(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _operand(selection: AssetSelection) -> str:
    """A selection as a part of `and`, `or` and `not`."""
    return f"({selection})" if isinstance(selection, AllOf | AnyOf) else str(selection)


def _walked(selection: AssetSelection) -> str:
    """A selection with a walk around it."""
    return f"({selection})" if isinstance(selection, AllOf | AnyOf | Not | Up | Down) else str(selection)


def _null(*, quiet: bool) -> str:
    return "<null>" if quiet else "null"


def _among(text: str, all_count: bool) -> str:  # noqa: FBT001  one flag
    return text if all_count else f"({text} and is:materializable)"


def _counting(scope: SelectionScope, *, external: bool) -> Mapping[str, GraphAsset]:
    """The assets that a selection looks at."""
    assets = scope.graph.assets
    return assets if external else {key: one for key, one in assets.items() if not one.external}


def read_selection(text: str) -> AssetSelection:
    """Read text in our own selection language, whatever dialect the code speaks: what people write on a command line.

    Raises:
        SelectionError: it cannot be read; points at the character.
    """
    selection: AssetSelection = parse_selection(text, sys.modules[__name__])
    return selection


SelectionApi.nodes = sys.modules[__name__]
