"""Reads the selection language.

    union   := or ("," or)*                              lowest
    or      := and ("or" and)*
    and     := not ("and" not)*
    not     := "not" not | walk
    walk    := up? operand down?                         up: "+", "2+", "++", "*"; down: "+", "+2", "++", "*"
    operand := "(" union ")" | "*" | function | attribute ":" value | key
    function:= ("roots" | "sinks" | "neighbors") "(" union ")" | "between" "(" or "," or ")"

`+` means all layers, `+2` two of them, and `++` two as well (an older spelling). Keys need no quotes; values may be
quoted with either quote, with a backslash before a quote or backslash.
"""

import re
from typing import Any, Never

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import UnreadableSelectionError
from orchestrator.graph.selection_errors import Place

#: Deeper nesting than this is refused: nobody writes it, and recursion has an end.
MAX_DEPTH = 100

_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"\w[\w.\-/]*")
_KEYWORD = re.compile(r"(and|or|not|AND|OR|NOT)(?![\w.\-/:])")
_ATTRIBUTE = re.compile(r"(\w+)\s*:\s*")
_VALUE = re.compile(r"<null>|[\w*][\w.\-/*@:]*")
_TAG_PART = re.compile(r"<null>|[\w*][\w.\-/*]*")
#: All layers.
ALL_LAYERS = -1
_UP_DEPTH = re.compile(r"(\d+)\s*\+")
_PLUSES = re.compile(r"\++")
_DOWN_DEPTH = re.compile(r"\s*(\d+)(?![\w.\-/])")
#: A star right before an operand is the older spelling of `+`; any other star is all assets.
_UP_STAR = re.compile(r"\*(?=[\w(\"'])")

ATTRIBUTES = ("key", "group", "kind", "owner", "code_location", "column", "table_name", "is", "status", "job")
TAGS = ("tag", "column_tag")
#: Bare words that mean a state, unless an asset has that key.
STATES = ("missing", "failed", "stale")
_NOT_YET = (
    "changed", "changed_in_branch", "partitions", "partitioned", "automation_type", "sensor", "schedule",
)  # fmt: skip
_MORE = ("key_substring",)


def parse_selection(text: str, nodes: Any) -> Any:
    """Read text in the selection language.

    Args:
        text: what was written.
        nodes: holds the classes of the syntax tree, which know how to evaluate themselves (module `selection`).

    Raises:
        UnreadableSelectionError: it cannot be read; points at the character.
    """
    return parsed(SelectionParser(text, nodes))


def parsed(parser: "SelectionParser") -> Any:
    """What a parser makes of its text.

    Raises:
        UnreadableSelectionError: it cannot be read.
    """
    try:
        return parser.parse()
    except RecursionError:
        raise UnreadableSelectionError("the selection is nested too deeply") from None


class SelectionParser:
    """Reads one text."""

    functions = re.compile(r"(roots|sinks|neighbors|between)\s*\(")
    quoted = re.compile(r"""(["'])((?:\\.|(?!\1)[^\\])*)\1""", re.DOTALL)

    def __init__(self, text: str, nodes: Any) -> None:
        self._text = text
        self._nodes = nodes
        self._at = 0
        self._depth = 0

    def parse(self) -> Any:
        """What the text says.

        Raises:
            UnreadableSelectionError: it cannot be read.
        """
        self._skip_space()
        if self._at == len(self._text):
            self._fail("the selection is empty", hint="use '*' for all assets")
        found = self._union()
        if self._at < len(self._text):
            self._fail(f"{self._text[self._at]!r} cannot stand here", hint="combine with 'and', 'or', 'not' or a comma")
        return found

    # --- precedence, lowest first

    def _union(self) -> Any:
        parts = [self._or()]
        while self._take(","):
            parts.append(self._or())
        return self._nodes.any_of(parts)

    def _or(self) -> Any:
        parts = [self._and()]
        while self._take_keyword("or"):
            parts.append(self._and())
        return self._nodes.any_of(parts)

    def _and(self) -> Any:
        parts = [self._not()]
        while self._take_keyword("and"):
            parts.append(self._not())
        return self._nodes.all_of(parts)

    def _not(self) -> Any:
        start = self._at
        if not self._take_keyword("not"):
            return self._walk()
        self._deeper(start)
        found = self._nodes.Not(self._not())
        self._depth -= 1
        return found

    def _walk(self) -> Any:
        start = self._at
        up = self._up()
        bare = _WORD.match(self._text, self._at) and not _ATTRIBUTE.match(self._text, self._at)
        found = self._operand()
        end = self._at
        down = self._down()
        if bare and spoken().bare_plus_is_one_layer:
            up = 1 if up == ALL_LAYERS and self._text[start] == "+" else up
            down = 1 if down == ALL_LAYERS and "+" in self._text[end : self._at] else down
        self._skip_space()
        return self._walks(found, up, down)

    def _walks(self, found: Any, up: int | None, down: int | None, **meaning: bool) -> Any:
        """`+x+` is both ways from x, not down from all that is up."""
        walks = [] if up is None else [self._nodes.Up(found, None if up == ALL_LAYERS else up, **meaning)]
        walks += [] if down is None else [self._nodes.Down(found, None if down == ALL_LAYERS else down)]
        return self._nodes.any_of(walks or [found])

    # --- layers: None for no walk

    def _up(self) -> int | None:
        depth = self._match(_UP_DEPTH)
        if depth:
            self._skip_space()
            return self._layers(depth.group(1), depth.start())
        pluses = self._match(_PLUSES)
        if pluses:
            self._skip_space()
            return ALL_LAYERS if len(pluses.group()) == 1 else len(pluses.group())
        return ALL_LAYERS if self._match(_UP_STAR) else None

    def _down(self) -> int | None:
        spaced = self._at
        self._skip_space()
        pluses = self._match(_PLUSES)
        if not pluses:
            if self._at == spaced and self._match(re.compile(r"\*")):
                return ALL_LAYERS
            return None
        if len(pluses.group()) > 1:
            return len(pluses.group())
        depth = self._match(_DOWN_DEPTH)
        return self._layers(depth.group(1), depth.start(1)) if depth else ALL_LAYERS

    def _layers(self, digits: str, position: int) -> int:
        if len(digits) > 9:
            self._fail("no graph has so many layers", position)
        if int(digits) == 0:
            self._fail("0 layers are none", position, hint="leave it out")
        return int(digits)

    # --- operands

    def _operand(self) -> Any:  # noqa: PLR0911  one return per kind of operand
        start = self._at
        if self._take("("):
            return self._group(start)
        if self._take("*"):
            return self._nodes.AllAssets()
        function = self._match(self.functions)
        if function:
            return self._function(function.group(1), start)
        attribute = self._match(_ATTRIBUTE)
        if attribute:
            return self._attribute(attribute.group(1), start)
        quoted = self._match(self.quoted)
        if quoted:
            return self._nodes.KeyMatches(_unescape(quoted.group(2)), Place(self._text, start))
        if _KEYWORD.match(self._text, self._at):
            self._fail(f"a selection is missing before {self._rest()!r}")
        word = self._match(_WORD)
        if word:
            if word.group() in STATES:
                return self._nodes.State(word.group(), Place(self._text, start))
            return self._nodes.KeyMatches(word.group(), Place(self._text, start))
        return self._no_operand()

    def _no_operand(self) -> Never:
        if self._at >= len(self._text):
            self._fail("a selection is missing at the end")
        character = self._text[self._at]
        if character in "\"'":
            self._fail("the quote is never closed")
        self._fail(f"{character!r} cannot stand here", hint="use a key, an attribute such as group:x, or '*'")

    def _group(self, start: int) -> Any:
        self._deeper(start)
        found = self._union()
        self._close(start)
        self._depth -= 1
        return found

    def _function(self, name: str, start: int) -> Any:
        self._deeper(start)
        self._skip_space()
        if name == "between":
            first = self._or()
            if not self._take(","):
                self._fail("between takes two selections", hint="between(a, b)")
            found = self._nodes.Between(first, self._or())
        elif name == "neighbors":
            found = self._nodes.Neighbors(self._union())
        else:
            found = self._nodes.Ends(name, self._union())
        self._close(start)
        self._depth -= 1
        return found

    def _attribute(self, name: str, start: int) -> Any:
        place = Place(self._text, self._at)
        if name in _NOT_YET:
            self._fail(f"selecting by `{name}:` is not supported yet", start)
        if name not in (*ATTRIBUTES, *TAGS, *_MORE):
            self._fail(f"there is no attribute `{name}:`", start, hint=did_you_mean(name, (*ATTRIBUTES, *TAGS)))
        if name in TAGS:
            return self._tag(name, place)
        value = self._value(_VALUE, name)
        if value is None:
            if name in ("key", "key_substring", "is", "status", "job"):
                self._fail(f"`{name}:` has no null", start)
            return self._nodes.Attribute(name, None, place)
        if name == "key":
            return self._nodes.KeyMatches(value, place)
        if name == "key_substring":
            return self._nodes.KeyMatches(f"*{value}*", place)
        return self._nodes.Attribute(name, value, place)

    def _tag(self, name: str, place: Place) -> Any:
        key = self._value(_TAG_PART, name)
        if key is None or not self._take("="):
            return self._nodes.Tag(name, key, None, place)
        return self._nodes.Tag(name, key, self._value(_TAG_PART, name) or "", place)

    def _value(self, pattern: re.Pattern[str], name: str) -> str | None:
        quoted = self._match(self.quoted)
        if quoted:
            return _unescape(quoted.group(2))
        plain = self._match(pattern)
        if plain is None:
            if self._text.startswith(("'", '"'), self._at):
                self._fail("the quote is never closed")
            self._fail(f"a value is missing after `{name}:`")
        return None if plain.group() in ("null", "<null>") else plain.group()

    # --- characters

    def _match(self, pattern: re.Pattern[str]) -> re.Match[str] | None:
        match = pattern.match(self._text, self._at)
        if match:
            self._at = match.end()
        return match

    def _take(self, character: str) -> bool:
        if not self._text.startswith(character, self._at):
            return False
        self._at += 1
        if character != "*":  # what follows a star must touch it to be a walk
            self._skip_space()
        return True

    def _take_keyword(self, word: str) -> bool:
        match = _KEYWORD.match(self._text, self._at)
        if match is None or match.group().lower() != word:
            return False
        self._at = match.end()
        self._skip_space()
        return True

    def _skip_space(self) -> None:
        self._match(_SPACE)

    def _close(self, start: int) -> None:
        self._skip_space()
        if not self._text.startswith(")", self._at):
            if self._at >= len(self._text):
                self._fail("the parenthesis is never closed", start)
            self._fail(f"{self._text[self._at]!r} cannot stand here", hint="close the parenthesis first")
        self._at += 1

    def _deeper(self, start: int) -> None:
        self._depth += 1
        if self._depth > MAX_DEPTH:
            self._fail(f"the selection is nested deeper than {MAX_DEPTH}", start)

    def _rest(self) -> str:
        return self._text[self._at : self._at + 20]

    def _fail(self, message: str, position: int | None = None, *, hint: str | None = None) -> Never:
        raise UnreadableSelectionError(
            message, text=self._text, position=self._at if position is None else position, hint=hint
        )


def _unescape(text: str) -> str:
    return re.sub(r"\\(.)", r"\1", text, flags=re.DOTALL)
