"""Reads selections of assets in code as Dagster does: attributes in a stricter grammar, or one bare key.

    expression := or, as in `selection_parser`, of `attribute:value`, `*`, roots(...), sinks(...), with walks "2+", "+", "+2"
    clause     := ("*" | "+"*) key ("+"* | "*")          a bare key stands alone; each "+" is one layer, "*" is all

Only double quotes quote; `*` in a value that is not a key's must be quoted. What a value that no asset has selects is
nothing, and external assets count only where a key names them.
"""

import re
from typing import Any

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import DefinitionError, UnreadableSelectionError
from orchestrator.graph.selection_errors import Place
from orchestrator.graph.selection_parser import ALL_LAYERS, SelectionParser, parsed

_CLAUSE = re.compile(r"(\*?\+*)([.\w\[\]?\-/]+)(\+*\*?)")
_KEY = re.compile(r"\*?[A-Za-z0-9_][A-Za-z0-9_.\-/*]*")
_PLAIN = re.compile(r"<null>|[A-Za-z0-9_][A-Za-z0-9_.\-/]*")
_TAGS = ("tag", "column_tag")
_ATTRIBUTES = (
    "key", "group", "tag", "kind", "owner", "is", "code_location", "column", "table_name", "column_tag", "status", "job",
)  # fmt: skip


def parse_strictly(text: str, nodes: Any) -> Any:
    """Read a selection as Dagster does.

    Raises:
        UnreadableSelectionError: it cannot be read.
    """
    try:
        return parsed(_StrictParser(text, nodes))
    except UnreadableSelectionError as error:
        clause = _CLAUSE.fullmatch(text.strip())
        if clause is not None:
            return _clause(clause, nodes)
        if text.startswith("tag:"):
            return _older_tag(text.removeprefix("tag:"), nodes)
        raise error from None


def _clause(clause: re.Match[str], nodes: Any) -> Any:
    up, key, down = clause.groups()
    found = nodes.KeyMatches(key)
    walks = [nodes.Up(found, _layers(up), external=False)] if up else []
    walks += [nodes.Down(found, _layers(down))] if down else []
    return nodes.any_of(walks or [found])


def _layers(walk: str) -> int | None:
    return None if "*" in walk else len(walk)


def _older_tag(text: str, nodes: Any) -> Any:
    key, _, value = text.partition("=")
    if "=" in value:
        raise DefinitionError(f"the tag {text!r} has more than one '='")
    return nodes.Tag("tag", key, value, quiet=True, external=False)


class _StrictParser(SelectionParser):
    functions = re.compile(r"(roots|sinks)\s*\(")
    quoted = re.compile(r'(")([^"]*)"')

    def _union(self) -> Any:
        return self._or()

    def _not(self) -> Any:
        start = self._at
        if not self._take_keyword("not"):
            return self._walk()
        self._deeper(start)
        found = self._nodes.Not(self._not(), external=False)
        self._depth -= 1
        return found

    def _walk(self) -> Any:
        up = self._up()
        found = self._operand()
        down = self._down()
        self._skip_space()
        return self._walks(found, up, down, external=False)

    def _up(self) -> int | None:
        depth = self._match(re.compile(r"(\d*)\s*\+\s*"))
        return None if depth is None else int(depth.group(1) or ALL_LAYERS)

    def _down(self) -> int | None:
        depth = self._match(re.compile(r"\s*\+\s*(\d*)"))
        return None if depth is None else int(depth.group(1) or ALL_LAYERS)

    def _operand(self) -> Any:
        start = self._at
        if self._take("("):
            return self._group(start)
        if self._take("*"):
            return self._nodes.AllAssets()
        function = self._match(self.functions)
        if function:
            return self._function(function.group(1), start)
        attribute = self._match(re.compile(r"([a-z_]+)\s*:\s*"))
        if attribute:
            return self._attribute(attribute.group(1), start)
        return self._no_operand()

    def _attribute(self, name: str, start: int) -> Any:
        if name not in _ATTRIBUTES:
            self._fail(f"there is no attribute `{name}:`", start, hint=did_you_mean(name, _ATTRIBUTES))
        place = Place(self._text, self._at)
        if name in _TAGS:
            return self._tag(name, place)
        value = self._value(_KEY if name == "key" else _PLAIN, name)
        if name == "key":
            return self._nodes.KeyMatches(value, place, quiet=True)
        if name == "is" and value not in ("external", "materializable"):
            self._fail(f"`is:` takes external or materializable, not `{value}`", start)
        return self._nodes.Attribute(name, value, place, quiet=True, external=False)

    def _tag(self, name: str, place: Place) -> Any:
        key = self._value(_PLAIN, name)
        value = (self._value(_PLAIN, name) or "") if self._take("=") else ""
        return self._nodes.Tag(name, key, value, place, quiet=True, external=False)
