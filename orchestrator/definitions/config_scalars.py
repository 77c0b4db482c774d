"""Schemas of single values: numbers, texts, names out of a list, and values read from the environment."""

from collections.abc import Mapping, Sequence
from enum import Enum as PythonEnum
from typing import Any, Self

from orchestrator.definitions.config_schema import (
    MISSING,
    ConfigField,
    ConfigSchema,
    Path,
    mismatch,
    shown_default,
    unknown,
)
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.env import EnvVar, IntEnvVar, read_variable
from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import ArgumentError, ConfigProblem, ProblemReason

Env = Mapping[str, str]
Problems = list[ConfigProblem]


class Scalar(ConfigSchema):
    """A number, a text, or true or false."""

    def __init__(self, name: str, kinds: tuple[type, ...], example: Any, *, convert: type | None = None) -> None:
        self.name = name
        self._kinds = kinds
        self._example = example
        self._convert = convert

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return self.name

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:  # noqa: ARG002
        """Check the kind of value."""
        if isinstance(raw, EnvVar | IntEnvVar):
            problems.append(_wrapped(path, raw))
            return None
        if not isinstance(raw, self._kinds) or (isinstance(raw, bool) and int in self._kinds and not self._convert):
            problems.append(mismatch(path, self.name, raw))
            return None
        return raw if self._convert is None else self._convert(raw)

    def example(self) -> Any:
        """A value of this kind."""
        return self._example


class Source(ConfigSchema):
    """A scalar that may be read from an environment variable: `{env: NAME}`."""

    def __init__(self, scalar: Scalar) -> None:
        self.scalar = scalar

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return self.scalar.name

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """Read the variable if one is named, else check the kind of value."""
        if isinstance(raw, EnvVar | IntEnvVar) and not spoken().strict_data:
            return self._read(raw.env_var_name, path, problems, env)
        if not isinstance(raw, Mapping):
            return self.scalar.resolve(raw, path, problems, env)
        name = raw.get("env", MISSING)
        problems += [unknown(path, key, ("env",)) for key in raw if key != "env"]
        if isinstance(name, str):
            return self._read(name, path, problems, env)
        if name is not MISSING:
            problems.append(mismatch((*path, "env"), "the name of an environment variable", name))
        elif not raw:
            problems.append(mismatch(path, self.type_text, raw))
        return None

    def _read(self, name: str, path: Path, problems: Problems, env: Env) -> Any:
        text = read_variable(name, env)
        if text is None:
            problems.append(
                ConfigProblem(
                    path=path,
                    message=f"the environment variable `{name}` is not set",
                    hint=did_you_mean(name, env) or f"export {name}=...",
                    reason=ProblemReason.VALUE,
                )
            )
            return None
        if self.scalar is Bool:
            return text.strip().lower() not in {"", "0", "false", "no", "off"}
        if self.scalar is not Int:
            return text
        try:
            return int(text)
        except ValueError:
            # the variable may be a secret: what it holds is not said
            problems.append(
                ConfigProblem(
                    path=path,
                    message=f"the environment variable `{name}` holds no whole number",
                    reason=ProblemReason.VALUE,
                )
            )
            return None

    def example(self) -> Any:
        """A value of this kind."""
        return self.scalar.example()


def _wrapped(path: Path, variable: EnvVar | IntEnvVar) -> ConfigProblem:
    message = f"`{variable.env_var_name}` cannot be read from the environment here"
    return ConfigProblem(
        path=path, message=message, hint=f"StringSource or IntSource takes {{env: {variable.env_var_name}}}"
    )


class AnyConfig(ConfigSchema):
    """Takes whatever is given."""

    def __init__(self, default: Any = MISSING) -> None:
        self._default = default

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return "anything"

    @property
    def default(self) -> Any:
        """None if this config may be left out."""
        return self._default

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:  # noqa: ARG002
        """Return it."""
        return raw

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return ConfigField(
            name=name, type=self.type_text, kind="any", required=self.has_required, default=shown_default(self.default)
        )


Int = Scalar("int", (int,), 0)
Float = Scalar("float", (int, float), 0.0, convert=float)
Bool = Scalar("bool", (bool,), example=True)
String = Scalar("text", (str,), "...")
StringSource, IntSource, BoolSource = Source(String), Source(Int), Source(Bool)
ANYTHING = AnyConfig()


class EnumValue:
    """One value of an `Enum`: how it is written, and what user code gets.

    Args:
        config_value: how it is written.
        python_value: what user code gets; the text itself if left out.
        description: what it means.
    """

    def __init__(self, config_value: str, python_value: Any = None, description: str | None = None) -> None:
        self.config_value = config_value
        self.python_value = config_value if python_value is None else python_value
        self.description = description


class Enum(ConfigSchema):
    """One of several names.

    Args:
        name: of the enumeration.
        enum_values: the values.

    Raises:
        ArgumentError: something among them is no `EnumValue`.
    """

    def __init__(self, name: str, enum_values: Sequence[EnumValue]) -> None:
        self.name = name
        for one in enum_values:
            if not isinstance(one, EnumValue):
                raise ArgumentError(f"a value of enumeration `{name}` is an EnumValue, got {one!r:.60}")
        self.enum_values = list(enum_values)
        self.values = {one.config_value: one for one in enum_values}

    @classmethod
    def from_python_enum(cls, enum: type[PythonEnum], name: str | None = None) -> Self:
        """The members of a Python enum, by name."""
        return cls(name or enum.__name__, [EnumValue(member.name, member) for member in enum])

    @classmethod
    def from_python_enum_direct_values(cls, enum: type[PythonEnum], name: str | None = None) -> Self:
        """The members of a Python enum, by name, given to user code as their values."""
        return cls(name or enum.__name__, [EnumValue(member.name, member.value) for member in enum])

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return f"one of {', '.join(map(str, self.values))}"

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:  # noqa: ARG002
        """The Python value of a name."""
        if isinstance(raw, str) and raw in self.values:
            return self.values[raw].python_value
        problem = mismatch(path, self.type_text, raw)
        hint = did_you_mean(raw, self.values) if isinstance(raw, str) else None
        problems.append(ConfigProblem(path=path, message=problem.message, hint=hint))
        return None

    def example(self) -> Any:
        """The first name."""
        return next(iter(self.values), "...")

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return ConfigField(
            name=name, type=self.type_text, kind="scalar", description=self.description, choices=tuple(self.values)
        )
