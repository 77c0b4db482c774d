"""What config may look like: the protocol every schema obeys, and a schema as data for people to read.

A schema turns raw config (what YAML can say) into a value, and notes everything that is wrong with it instead of stopping
at the first problem.
"""

import os
from abc import ABC, abstractmethod
from collections.abc import Mapping, Sequence
from enum import Enum
from typing import Any, Final

from msgspec import Struct

from orchestrator.definitions.names import did_you_mean, shorten
from orchestrator.errors import ConfigError, ConfigProblem, ProblemReason


class _Missing(Enum):
    MISSING = "MISSING"

    def __repr__(self) -> str:
        return "MISSING"


#: Stands for config that is not given.
MISSING: Final = _Missing.MISSING

Path = tuple[str, ...]


class UnmadeConfigError(Exception):
    """Config is of the right kind, but a validator of its class refused it. The cause is what it raised."""


class ConfigField(Struct, frozen=True, kw_only=True):
    """A schema as data: what a person may write, and what it means if they write nothing."""

    #: Empty for the outermost.
    name: str = ""
    #: How the type reads: `int`, `[text]`, `int or null`.
    type: str
    #: What kind of thing: `scalar`, `fields`, `choice` (one of the children), `list`, `map` or `any`.
    kind: str = "scalar"
    required: bool = True
    #: JSON of the value if nothing is given; None if there is none.
    default: str | None = None
    description: str | None = None
    #: The values an enumeration allows.
    choices: tuple[str, ...] = ()
    #: The fields of `fields` and `choice`; the one kind of value of `list` and `map`.
    children: tuple["ConfigField", ...] = ()


class ConfigSchema(ABC):
    """What config of one kind looks like."""

    #: What a person should know about it.
    description: str | None = None

    @property
    @abstractmethod
    def type_text(self) -> str:
        """How the type reads in a message."""

    @abstractmethod
    def resolve(self, raw: Any, path: Path, problems: list[ConfigProblem], env: Mapping[str, str]) -> Any:
        """Turn raw config into the value user code gets.

        Args:
            raw: what was written.
            path: where it stands, for problems.
            problems: gets everything that is wrong; the value returned then means nothing.
            env: the environment variables.
        """

    @property
    def default(self) -> Any:
        """The raw config that stands in if none is given; `MISSING` if some must be."""
        return MISSING

    @property
    def has_required(self) -> bool:
        """Whether a person must write something."""
        return self.default is MISSING

    def example(self) -> Any:
        """The least a person may write, for a message."""
        return "..."

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return ConfigField(
            name=name,
            type=self.type_text,
            required=self.has_required,
            default=shown_default(self.default),
            description=self.description,
        )


def resolve_or_raise(schema: ConfigSchema, raw: Any, what: str, env: Mapping[str, str] | None = None) -> Any:
    """Resolve config that stands alone.

    Args:
        schema: what it must be.
        raw: what was written; `MISSING` if nothing was.
        what: whose config it is, for messages.
        env: the environment variables; those of this process if left out.

    Raises:
        ConfigError: lists every problem.
    """
    problems: list[ConfigProblem] = []
    try:
        value = resolve_given(schema, raw, (), problems, os.environ if env is None else env)
    except UnmadeConfigError as error:
        raise error.args[0] from None
    if problems:
        raise config_error(what, problems, None if raw is MISSING else raw)
    return value


def resolve_given(
    schema: ConfigSchema, raw: Any, path: Path, problems: list[ConfigProblem], env: Mapping[str, str]
) -> Any:
    """Resolve config that may not be given (`MISSING`)."""
    if raw is MISSING:
        raw = schema.default
        if raw is MISSING and not schema.has_required:
            return None
        if raw is MISSING:
            problems.append(missing(path, schema))
            return None
    return schema.resolve(raw, path, problems, env)


def config_error(what: str, problems: Sequence[ConfigProblem], given: Any = None) -> ConfigError:
    """The error that lists all problems.

    Args:
        what: whose config it is.
        problems: what is wrong.
        given: the config.
    """
    lines = [f"  {index}. {shown_problem(problem)}" for index, problem in enumerate(problems, 1)]
    message = "\n".join((f"the config of {what} is not valid:", *lines))
    return ConfigError(message, problems=tuple(problems), config_value=given)


def shown_problem(problem: ConfigProblem) -> str:
    """A problem in one line."""
    where = f"{shown_path(problem.path)}: " if problem.path else ""
    hint = f" ({problem.hint})" if problem.hint else ""
    return f"{where}{problem.message}{hint}"


def shown_path(path: Path) -> str:
    """A path as people write it: `ops.load.config.limits[0]`."""
    text = ""
    for part in path:
        text += part if part.startswith("[") or not text else f".{part}"
    return text


def mismatch(path: Path, expected: str, raw: Any) -> ConfigProblem:
    """A value is not what is expected."""
    return ConfigProblem(path=path, message=f"expected {expected}, got {shown_value(raw)}")


def missing(path: Path, schema: ConfigSchema) -> ConfigProblem:
    """A value that must be given is not."""
    name = path[-1] if path else "config"
    example = schema.example()
    for part in reversed(path[1:]):
        example = [example] if part.startswith("[") else {part: example}
    return ConfigProblem(
        path=path,
        message=f"`{name}` is required and not given; expected {schema.type_text}",
        hint=f"for example {path[0] if path else name}: {shown_example(example)}",
        reason=ProblemReason.MISSING,
    )


def unknown(path: Path, name: Any, known: Sequence[str]) -> ConfigProblem:
    """A name that means nothing here."""
    among = ", ".join(f"`{one}`" for one in known[:12]) + (", …" if len(known) > 12 else "")
    return ConfigProblem(
        path=(*path, str(name)),
        message=f"there is no `{name}` here; " + (f"expected {among}" if known else "nothing can be given"),
        hint=did_you_mean(str(name), known),
        reason=ProblemReason.UNKNOWN,
    )


def shown_value(raw: Any) -> str:
    """A raw value and its kind, for a message."""
    if raw is None:
        return "null"
    if isinstance(raw, bool):
        return str(raw).lower()
    kinds = {str: "the text", int: "the number", float: "the number", dict: "the mapping", list: "the list"}
    return f"{kinds.get(type(raw), type(raw).__name__)} {shorten(repr(raw))}"


def shown_example(example: Any) -> str:
    """An example as YAML in one line."""
    return to_json(example).replace('"', "")


def shown_default(raw: Any) -> str | None:
    """A default as JSON; None if there is none."""
    return None if raw is MISSING else to_json(raw)


def to_json(raw: Any) -> str:
    """Any raw value as JSON text; what JSON cannot hold, as text."""
    import json  # noqa: PLC0415  only to show something

    return json.dumps(raw, default=repr, ensure_ascii=False)
