"""Asset keys: the names of things.

Below the public API a key travels as its text form, `"a/b"`: no part can hold `/`, so text and key are one to one, and
a string hashes, compares and serialises at the speed of C.
"""

from collections.abc import Iterator, Sequence
from typing import TypeAlias, Union

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.names import check_part, is_free_part
from orchestrator.errors import DefinitionError


class AssetKey:
    """The name of an asset: one or more parts.

    `AssetKey("a/b")`, `AssetKey(["a", "b"])` and `AssetKey(("a", "b"))` are the same key.

    Raises:
        DefinitionError: a part is empty or holds an unsafe character.
    """

    __slots__ = ("_text",)
    _text: str

    def __init__(self, path: Union[str, Sequence[str], "AssetKey"]) -> None:
        object.__setattr__(self, "_text", key_text(path))

    @property
    def path(self) -> list[str]:
        """The parts, outermost first."""
        return self._text.split("/")

    @property
    def parts(self) -> tuple[str, ...]:
        """The parts, outermost first."""
        return tuple(self._text.split("/"))

    def to_user_string(self) -> str:
        """The text form, parts joined by `/`."""
        return self._text

    def to_escaped_user_string(self) -> str:
        """The text form; no part needs an escape."""
        return self._text

    def to_string(self) -> str:
        """The parts as a JSON list."""
        import json  # noqa: PLC0415  rarely asked for

        return json.dumps(self.path)

    @classmethod
    def from_user_string(cls, text: str) -> "AssetKey":
        """The key with the given text form."""
        return cls(text)

    @classmethod
    def from_escaped_user_string(cls, text: str) -> "AssetKey":
        """The key with the given text form; no part holds a `/`, so an escaped one parts too."""
        return cls(text.replace("\\/", "/"))

    def to_db_string(self) -> str:
        """The parts as a JSON list."""
        return self.to_string()

    @classmethod
    def from_db_string(cls, text: str | None) -> "AssetKey | None":
        """The key that `to_db_string` wrote, or None."""
        import json  # noqa: PLC0415  rarely asked for

        return cls(json.loads(text)) if text else None

    @classmethod
    def from_coercible(cls, value: "CoercibleToAssetKey") -> "AssetKey":
        """The key that a string, list or key names."""
        return cls(value)

    def with_prefix(self, prefix: str | Sequence[str]) -> "AssetKey":
        """The same key below `prefix`."""
        return AssetKey(f"{key_text(prefix)}/{self._text}")

    def has_prefix(self, prefix: str | Sequence[str]) -> bool:
        """Whether the key starts with the parts of `prefix`."""
        return f"{self._text}/".startswith(f"{key_text(prefix)}/")

    def to_python_identifier(self, suffix: str | None = None) -> str:
        """The parts, and the suffix if given, joined by `__`, as names of steps are written."""
        return step_name(self._text if suffix is None else f"{self._text}/{suffix}")

    def __iter__(self) -> Iterator[str]:
        return iter(self.path)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, AssetKey) and self._text == other._text

    def __lt__(self, other: "AssetKey") -> bool:
        return self.path < other.path

    def __hash__(self) -> int:
        return hash(self._text)

    def __repr__(self) -> str:
        return f"AssetKey({self.path!r})"

    def __setattr__(self, name: str, value: object) -> None:
        raise AttributeError(f"AssetKey is frozen: cannot set {name}")

    def __reduce__(self) -> tuple[type["AssetKey"], tuple[str]]:
        return AssetKey, (self._text,)


def step_name(text: str) -> str:
    """The name of the step that makes the asset with this text form."""
    name = text.replace("/", "__")
    if spoken().ascii_names:
        name = name.replace("-", "_").replace(".", "_")
    return name


#: Everything the public API accepts where a key is meant.
CoercibleToAssetKey: TypeAlias = AssetKey | str | Sequence[str]


def key_text(value: object, what: str = "asset key") -> str:
    """The text form of anything that names an asset.

    Raises:
        DefinitionError: the value is no key, or a part of it is not a valid name.
    """
    if isinstance(value, AssetKey):
        return value._text  # noqa: SLF001  same module, the class above
    if isinstance(value, str):
        if "/" not in value:
            return _key_part(value, what)
        parts: Sequence[object] = value.split("/")
    elif isinstance(value, list | tuple):
        parts = value
    else:
        raise DefinitionError(f"{what} must be a string or a list of strings, got {type(value).__name__}")
    if not parts:
        raise DefinitionError(f"{what} is empty")
    if spoken().free_keys:
        parts = [one for part in parts for one in (part.split("/") if isinstance(part, str) else (part,))]
    return "/".join([_key_part(part, f"{what} part" if len(parts) > 1 else what) for part in parts])


def _key_part(part: object, what: str) -> str:
    if isinstance(part, str) and spoken().free_keys and is_free_part(part):
        return part
    return check_part(part, what)
