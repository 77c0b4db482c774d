"""Tags, kinds, owners and groups: how people find and sort assets."""

import math
import re
from collections.abc import Iterable, Mapping

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.names import check_part
from orchestrator.errors import DefinitionError

#: A tag with this prefix says a kind.
KIND_PREFIX = "dagster/kind/"
#: More kinds than this tell nobody anything; Dagster refuses them.
_MOST_KINDS = 10
_TAG_KEY = re.compile(r"([\w.\-]{1,63}/)?[\w.\-]{1,63}")
_PRIORITY = "dagster/priority"
_TIMEOUT = "orch/timeout"
_POOL = "dagster/concurrency_key"
_MAX_RUNTIME = "dagster/max_runtime"
_TAG_VALUE = re.compile(r"[\w.\-]{0,63}")
_ASCII_GROUP = re.compile(r"[A-Za-z0-9_/]+")
_OWNER = re.compile(r"team:\S(?:.*\S)?|[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+\.[A-Za-z]{2,}")


def check_tags(tags: object, where: str) -> dict[str, str]:
    """Return tags as a dict of strings.

    Raises:
        DefinitionError: not a mapping of strings, or a key or value holds other than letters, digits, `_`, `-`, `.`.
    """
    if not tags and (tags is None or isinstance(tags, Mapping)):
        return {}
    if not isinstance(tags, Mapping):
        raise DefinitionError(f"tags of {where} must be a dict, got {type(tags).__name__}")
    for key, value in tags.items():
        if not isinstance(key, str) or not _TAG_KEY.fullmatch(key.removeprefix(KIND_PREFIX)):
            raise DefinitionError(
                f"tag key {key!r} of {where} is not valid", hint="letters, digits, '_', '-', '.'; one '/' for a prefix"
            )
        if not isinstance(value, str) or not _TAG_VALUE.fullmatch(value):
            raise DefinitionError(
                f"tag `{key}` of {where} has the value {value!r}",
                hint="a string of at most 63 letters, digits, '_', '-' and '.'",
            )
        _ascii(key, f"tag key of {where}")
        _ascii(value, f"tag `{key}` of {where}")
    return dict(tags)


def check_run_tags(tags: object, where: str) -> dict[str, str]:
    """Return run tags as a dict; values may be any text, and what is no text becomes its JSON.

    Raises:
        DefinitionError: not a mapping of names to what JSON can say.
    """
    if tags is None:
        return {}
    if not isinstance(tags, Mapping) or not all(isinstance(name, str) for name in tags):
        raise DefinitionError(f"tags of {where} must be a dict of strings, got {tags!r:.80}")
    return {name: value if isinstance(value, str) else _json(value, name, where) for name, value in tags.items()}


def _json(value: object, name: str, where: str) -> str:
    import json  # noqa: PLC0415  few tags are no text

    try:
        return json.dumps(value)
    except (TypeError, ValueError):
        raise DefinitionError(f"tag `{name}` of {where} has the value {value!r:.60}", hint="use text") from None


def priority_of(tags: Mapping[str, str], where: str) -> int:
    """How urgent a step is, as its tags say; the higher, the earlier it runs.

    Raises:
        DefinitionError: the tag is no number.
    """
    if not tags or _PRIORITY not in tags:
        return 0
    try:
        return int(tags[_PRIORITY])
    except ValueError:
        raise DefinitionError(
            f"tag `{_PRIORITY}` of {where} is {tags[_PRIORITY]!r:.60}", hint="a whole number; more is more urgent"
        ) from None


def pool_of(pool: str | None, tags: Mapping[str, str], where: str) -> str:
    """The concurrency pool of a step: its own, or, in Dagster's dialect, the one that a tag names; empty if none.

    Raises:
        DefinitionError: it is no name, or both are given and differ.
    """
    tag = tags.get(_POOL, "") if tags and spoken().pools_are_tags else ""
    if pool and tag and pool != tag:
        raise DefinitionError(f"{where} is in the pool `{pool}`, and its tag `{_POOL}` says `{tag}`", hint="say one")
    name = pool or tag
    if any(letter.isspace() for letter in name):
        raise DefinitionError(f"the pool of {where} is called {name!r:.60}", hint="a name without spaces")
    return name


def timeout_of(tags: Mapping[str, str], where: str) -> float | None:
    """How long a step may take, in seconds, as its tags say; None if they do not.

    Raises:
        DefinitionError: the tag is no number of seconds.
    """
    return _seconds(tags, _TIMEOUT, where)


def run_timeout_of(tags: Mapping[str, str]) -> float | None:
    """How long a run may take, in seconds, as its tags say; None if they do not.

    Raises:
        DefinitionError: the tag is no number of seconds.
    """
    name = next((name for name in (_TIMEOUT, _MAX_RUNTIME) if name in tags), _TIMEOUT)
    return _seconds(tags, name, "the run")


def _seconds(tags: Mapping[str, str], name: str, where: str) -> float | None:
    if name not in tags:
        return None
    try:
        seconds = float(tags[name])
    except ValueError:
        seconds = 0.0
    if not 0 < seconds < math.inf:
        raise DefinitionError(f"tag `{name}` of {where} is {tags[name]!r:.60}", hint="seconds, more than 0")
    return seconds


def tags_and_kinds(tags: object, kinds: object, where: str) -> tuple[dict[str, str], tuple[str, ...]]:
    """Return the tags that name no kind, and the kinds, sorted: those given, and those that tags name.

    Raises:
        DefinitionError: a tag or a kind is not valid.
    """
    if tags is None and kinds is None:
        return {}, ()
    if not tags:
        return check_tags(tags, where), check_kinds(kinds, where)
    found = {}
    if isinstance(tags, Mapping):
        found = {key: value for key, value in tags.items() if isinstance(key, str) and key.startswith(KIND_PREFIX)}
    if not found:
        return check_tags(tags, where), check_kinds(kinds, where)
    given = check_kinds(kinds, where)
    named = [key.removeprefix(KIND_PREFIX) for key in found]
    plain = {key: value for key, value in dict(tags).items() if key not in found}  # type: ignore[call-overload]
    return check_tags(plain, where), check_kinds([*given, *named], where)


def check_kinds(kinds: object, where: str) -> tuple[str, ...]:
    """Return kinds, sorted.

    Raises:
        DefinitionError: not a collection of valid names.
    """
    if not kinds:
        return ()
    if isinstance(kinds, str) or not isinstance(kinds, Iterable):
        raise DefinitionError(f"kinds of {where} must be a set of strings, got {kinds!r}", hint=f"kinds={{{kinds!r}}}")
    checked = {_ascii(check_part(kind, f"kind of {where}"), f"kind of {where}") for kind in kinds}
    if len(checked) > _MOST_KINDS and spoken().ascii_names:
        raise DefinitionError(f"{where} has {len(checked)} kinds", hint=f"at most {_MOST_KINDS}")
    return tuple(sorted(checked))


def check_owners(owners: object, where: str) -> tuple[str, ...]:
    """Return owners in the order given.

    Raises:
        DefinitionError: an owner is neither an e-mail address nor `team:NAME`.
    """
    if not owners:
        return ()
    if isinstance(owners, str) or not isinstance(owners, Iterable):
        raise DefinitionError(
            f"owners of {where} must be a list of strings, got {owners!r}", hint=f"owners=[{owners!r}]"
        )
    checked = tuple(owners)
    for owner in checked:
        if not isinstance(owner, str) or not _OWNER.fullmatch(owner):
            raise DefinitionError(
                f"owner {owner!r} of {where} is neither an e-mail address nor a team", hint=f"owners=['team:{owner}']"
            )
    return checked


def check_group(group: object, where: str) -> str:
    """Return a group name; `/` may separate levels.

    Raises:
        DefinitionError: the name is not valid.
    """
    if not isinstance(group, str):
        raise DefinitionError(f"group_name of {where} must be a string, got {type(group).__name__}")
    what = f"group name of {where}"
    checked = "/".join([check_part(part, what) for part in group.split("/")])
    if spoken().ascii_names and not _ASCII_GROUP.fullmatch(checked):
        raise DefinitionError(f"{what} `{checked}` is not valid", hint="use ASCII letters, digits, '_' and '/'")
    return checked


def _ascii(text: str, what: str) -> str:
    if not text.isascii() and spoken().ascii_names:
        raise DefinitionError(f"{what} {text!r} is not ASCII", hint="use ASCII letters, digits, '_', '-' and '.'")
    return text
