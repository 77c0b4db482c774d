"""The rules for names and the search for the nearest one.

One rule for every name: letters of any script, digits, `_`, `-` and `.`, not starting with `.` or `-`. It keeps every
name usable as a file name, in the selection language and in a shell.
"""

import keyword
import re
import unicodedata
from collections.abc import Iterable

from orchestrator.definitions.dialect import spoken
from orchestrator.errors import DefinitionError

#: A part becomes a file name; 240 bytes leave room for a suffix under the usual limit of 255.
MAX_NAME_BYTES = 240

_NAME = re.compile(r"\w[\w.\-]*")
_FORBIDDEN = re.compile(r"[^\w.\-]")
_IDENTIFIER = re.compile(r"[A-Za-z0-9_]+")
#: What Dagster keeps for itself, besides Python's keywords.
_RESERVED = frozenset(
    {
        "arg_dict", "bool", "conf", "config", "context", "dict", "float", "input", "input_arg_dict", "int", "meta",
        "output", "output_arg_dict", "str", "type",
    }
)  # fmt: skip


def check_name(name: object, what: str) -> str:
    """Return the name of an op, input, output, graph, job or the like; see `check_part`.

    Raises:
        DefinitionError: as `check_part`; or Dagster's dialect is spoken and the name is none of ASCII letters, digits
            and `_`, or a reserved word.
    """
    checked = check_part(name, what)
    if spoken().ascii_names:
        check_identifier(checked, what)
    return checked


def check_identifier(name: str, what: str) -> None:
    """Refuse what Dagster refuses as a name.

    Raises:
        DefinitionError: the name holds other than ASCII letters, digits and `_`, or is a reserved word.
    """
    if not _IDENTIFIER.fullmatch(name):
        raise DefinitionError(f"{what} `{shorten(name)}` is not valid", hint="use ASCII letters, digits and '_'")
    if name in _RESERVED or keyword.iskeyword(name):
        raise DefinitionError(f"{what} `{name}` is a reserved word")


def is_free_part(name: str) -> bool:
    """Whether a name could be a file's, whatever else it holds."""
    return name not in ("", ".", "..") and "/" not in name and name.isprintable() and len(name) <= MAX_NAME_BYTES // 4


def check_part(name: object, what: str) -> str:
    """Return `name` in Unicode normal form C, or say why it cannot be a part of a key.

    Args:
        name: the candidate.
        what: the kind of thing it names, for the message.

    Raises:
        DefinitionError: the name is not a string, empty, too long, or holds an unsafe character.
    """
    if not isinstance(name, str):
        raise DefinitionError(f"{what} must be a string, got {type(name).__name__}")
    if not name.isascii():
        name = unicodedata.normalize("NFC", name)
    if _NAME.fullmatch(name) and len(name) <= MAX_NAME_BYTES // 4:
        return name
    if not name:
        raise DefinitionError(f"{what} is empty", hint="use letters, digits, '_', '-' and '.'")
    bad = _FORBIDDEN.search(name)
    if bad is not None:
        raise DefinitionError(
            f"{what} `{shorten(name)}` holds {bad.group()!r}", hint="use letters, digits, '_', '-' and '.'"
        )
    if name[0] in ".-":
        raise DefinitionError(
            f"{what} `{shorten(name)}` starts with {name[0]!r}", hint="start with a letter, a digit or '_'"
        )
    size = len(name.encode())
    if size > MAX_NAME_BYTES:
        raise DefinitionError(
            f"{what} `{shorten(name)}` is {size} bytes long; at most {MAX_NAME_BYTES} fit in a file name",
            hint="shorten it, or split an asset key into parts",
        )
    return name


def shorten(text: str, width: int = 60) -> str:
    """Cut `text` to `width` characters, with a sign where it was cut."""
    return text if len(text) <= width else text[: width - 1] + "…"


def nearest(name: str, known: Iterable[str], count: int = 3) -> list[str]:
    """The known names most like `name`, best first; empty if none is near."""
    import difflib  # noqa: PLC0415  only on the way to an error message

    folded: dict[str, str] = {}
    for candidate in known:
        folded.setdefault(candidate.casefold(), candidate)
        # `ingredient` is near `bakery/ingredients` too: compare the last part alone as well
        folded.setdefault(candidate.rsplit("/", 1)[-1].casefold(), candidate)
    matches = difflib.get_close_matches(name.casefold(), folded, n=count, cutoff=0.6)
    return list(dict.fromkeys(folded[match] for match in matches))


def did_you_mean(name: str, known: Iterable[str]) -> str | None:
    """A hint that offers the nearest names, or None."""
    matches = nearest(name, known)
    if not matches:
        return None
    return f"did you mean {' or '.join(f'`{match}`' for match in matches)}?"
