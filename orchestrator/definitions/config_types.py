"""The schema language: scalars, fields, choices, lists, maps; and Python literals that stand for them.

`{"limit": int, "tags": [str]}` is read as `Shape({"limit": Field(Int), "tags": Field(Array(String))})`. Classes of `Config`
are turned into the same tree (`definitions/model_schema.py`), so there is one way to check config.
"""

import typing
from collections.abc import Callable, Mapping
from enum import Enum as PythonEnum
from typing import Any

import msgspec

from orchestrator.definitions.config_scalars import (
    ANYTHING,
    AnyConfig,
    Bool,
    Enum,
    Env,
    Float,
    Int,
    Problems,
    Scalar,
    Source,
    String,
)
from orchestrator.definitions.config_schema import (
    MISSING,
    ConfigField,
    ConfigSchema,
    Path,
    config_error,
    mismatch,
    resolve_given,
    shown_default,
    unknown,
)
from orchestrator.definitions.dialect import spoken
from orchestrator.errors import ArgumentError, ConfigDefinitionError, ConfigProblem, DefinitionError, ProblemReason


class Field(ConfigSchema):
    """A schema with a default value and a description.

    Args:
        config: the schema, or a Python literal that stands for one.
        default_value: what is used if nothing is given.
        is_required: whether something must be given; by default, if neither this field nor its schema has a default.
        description: what it means.

    Raises:
        DefinitionError: `config` stands for no schema.
        ArgumentError: the default contradicts `is_required`, or is a function.
        ConfigError: the default value does not fit the schema.
    """

    def __init__(
        self,
        config: Any,
        default_value: Any = MISSING,
        is_required: bool | None = None,  # noqa: FBT001  users give it by position
        description: str | None = None,
    ) -> None:
        if isinstance(config, Field):
            raise DefinitionError(
                f"a Field holds another Field of {config.type_text}", hint="give it the schema itself"
            )
        self.schema = _schema_of_field(config)
        self.description = description
        if callable(default_value):
            raise ArgumentError("the default value of a Field cannot be a function")
        if default_value is not MISSING and is_required:
            raise ArgumentError("a Field with a default value cannot be required")
        #: Whether the default of the schema counts: not if the user says that the field is required, or is not.
        self._inherits = is_required is None
        self._default = self._checked(default_value)
        self.is_required = self.default is MISSING if is_required is None else is_required

    def _checked(self, value: Any) -> Any:
        if value is MISSING:
            return value
        if isinstance(value, PythonEnum) and isinstance(self.schema, Enum):
            raise DefinitionError(
                f"the default value of an enumeration is written as its name: {self.schema.type_text}",
                hint=f'default_value="{value.name}"',
            )
        problems: Problems = []
        _NoReading.resolve(self.schema, value, problems)
        if problems:
            raise config_error("a Field's default_value", problems)
        return value

    @property
    def default(self) -> Any:
        """The raw config that stands in if none is given."""
        if self._default is not MISSING:
            return self._default
        return self.schema.default if self._inherits else MISSING

    @property
    def default_provided(self) -> bool:
        """Whether there is a value for when nothing is given."""
        return self.default is not MISSING

    @property
    def default_value(self) -> Any:
        """The value for when nothing is given, as it would be written.

        Raises:
            ArgumentError: there is none.
        """
        if self.default is MISSING:
            raise ArgumentError("this Field has no default value", hint="ask default_provided first")
        if self._default is MISSING and isinstance(self.schema, Shape):
            return {name: one.default_value for name, one in self.schema.fields.items() if one.default_provided}
        return self.default

    @property
    def config_type(self) -> ConfigSchema:
        """The schema without default and description."""
        return self.schema

    def as_field(self) -> "Field":
        """This field."""
        return self

    @property
    def has_required(self) -> bool:
        """Whether something must be given."""
        return self.is_required

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return self.schema.type_text

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """Resolve by the schema."""
        return self.schema.resolve(raw, path, problems, env)

    def example(self) -> Any:
        """The least a person may write."""
        return self.schema.example()

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        inner = self.schema.describe(name)
        return msgspec.structs.replace(
            inner,
            required=self.is_required,
            default=shown_default(self.default),
            description=self.description or inner.description,
        )


class _NoReading(dict[str, str]):
    """An environment in which every variable is set: to check a default without reading any."""

    def get(self, key: str, default: Any = None) -> Any:  # noqa: ARG002
        """A value that fits text and numbers."""
        return "0"

    @classmethod
    def resolve(cls, schema: ConfigSchema, value: Any, problems: Problems) -> None:
        """Check a value."""
        schema.resolve(value, (), problems, cls())


class Noneable(ConfigSchema):
    """A schema that takes null besides, and is null if nothing is given."""

    def __init__(self, inner_type: Any) -> None:
        self.inner = as_schema(inner_type)

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return f"{self.inner.type_text} or null"

    @property
    def default(self) -> Any:
        """Null."""
        return None

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """Null stays null."""
        return None if raw is None else self.inner.resolve(raw, path, problems, env)

    def example(self) -> Any:
        """The least a person may write."""
        return self.inner.example()

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return msgspec.structs.replace(self.inner.describe(name), type=self.type_text, required=False, default="null")


class Array(ConfigSchema):
    """A list of values of one kind."""

    def __init__(self, inner_type: Any) -> None:
        self.inner = as_schema(inner_type)

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return f"[{self.inner.type_text}]"

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """Resolve every item."""
        if not isinstance(raw, list if spoken().strict_data else list | tuple):
            problems.append(mismatch(path, f"a list, {self.type_text}", raw))
            return None
        return [self.inner.resolve(item, (*path, f"[{index}]"), problems, env) for index, item in enumerate(raw)]

    def example(self) -> Any:
        """An empty list."""
        return []

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return ConfigField(
            name=name, type=self.type_text, kind="list", description=self.description, children=(self.inner.describe(),)
        )


class Map(ConfigSchema):
    """A mapping whose keys a person chooses.

    Args:
        key_type: the kind of key, a scalar.
        inner_type: the kind of value.
        key_label_name: what the keys are, for people.
    """

    def __init__(self, key_type: Any, inner_type: Any, key_label_name: str | None = None) -> None:
        self.key = as_schema(key_type)
        if not isinstance(self.key, Scalar | Source | AnyConfig):
            raise DefinitionError(f"the keys of a Map are scalars, not {self.key.type_text}")
        self.inner = as_schema(inner_type)
        self.key_label_name = key_label_name

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return f"{{{self.key_label_name or self.key.type_text}: {self.inner.type_text}}}"

    @property
    def default(self) -> Any:
        """Nothing at all is no map, so one must be given."""
        return MISSING

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """Resolve every key and value."""
        if not isinstance(raw, Mapping):
            problems.append(mismatch(path, f"a mapping, {self.type_text}", raw))
            return None
        found = {}
        for key, value in raw.items():
            here = (*path, str(key))
            known = len(problems)
            resolved_key = self.key.resolve(key, here, problems, env)
            resolved = self.inner.resolve(value, here, problems, env)
            if len(problems) == known:
                found[resolved_key] = resolved
        return found

    def example(self) -> Any:
        """An empty mapping."""
        return {}

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return ConfigField(
            name=name, type=self.type_text, kind="map", description=self.description, children=(self.inner.describe(),)
        )


class Shape(ConfigSchema):
    """Fields by name; no others.

    Args:
        fields: their schemas, or Python literals that stand for them.
        description: what it means.
        field_aliases: other names a field may be written under, by its own name.
    """

    #: Whether names that are no field are taken as they are.
    open = False

    def __init__(
        self,
        fields: Mapping[str, Any],
        description: str | None = None,
        field_aliases: Mapping[str, str] | None = None,
    ) -> None:
        self.fields = {str(name): as_field(field) for name, field in fields.items()}
        self.description = description
        self._names = {alias: name for name, alias in (field_aliases or {}).items()}

    @property
    def type_text(self) -> str:
        """How the type reads."""
        parts = [f"{name}{'' if field.is_required else '?'}: {field.type_text}" for name, field in self.fields.items()]
        parts += ["..."] if self.open else []
        return f"{{{', '.join(parts)}}}"

    @property
    def default(self) -> Any:
        """Nothing needs to be given if no field is required."""
        return MISSING if any(field.is_required for field in self.fields.values()) else {}

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """Resolve every field, with defaults for those not given."""
        if not isinstance(raw, Mapping):
            problems.append(mismatch(path, f"a mapping, {self.type_text}", raw))
            return None
        given = {self._names.get(written, written): value for written, value in raw.items()}
        found: dict[Any, Any] = {}
        for name, field in self.fields.items():
            if name in given or field.is_required or field.default is not MISSING:
                found[name] = resolve_given(field, given.get(name, MISSING), (*path, name), problems, env)
        for other in [name for name in given if name not in self.fields]:
            if self.open:
                found[other] = given[other]
            else:
                problems.append(unknown(path, other, tuple(self.fields)))
        return found

    def example(self) -> Any:
        """The required fields."""
        return {name: field.example() for name, field in self.fields.items() if field.is_required}

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return ConfigField(
            name=name,
            type=self.type_text,
            kind="fields",
            required=self.has_required,
            default=shown_default(self.default),
            description=self.description,
            children=tuple(field.describe(child) for child, field in self.fields.items()),
        )


class Permissive(Shape):
    """Fields by name, and any others as they are."""

    open = True

    def __init__(self, fields: Mapping[str, Any] | None = None, description: str | None = None) -> None:
        super().__init__(fields or {}, description)


class Selector(Shape):
    """Exactly one of several fields."""

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return f"one of {super().type_text}"

    @property
    def default(self) -> Any:
        """Nothing needs to be given if there is but one field, which is optional."""
        only = next(iter(self.fields.values())) if len(self.fields) == 1 else None
        return MISSING if only is None or only.is_required else {}

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """Resolve the field that was chosen."""
        if not isinstance(raw, Mapping):
            problems.append(mismatch(path, f"a mapping with {self.type_text}", raw))
            return None
        known = tuple(self.fields)
        if len(raw) > 1 or (not raw and len(known) != 1):
            got = ", ".join(map(str, raw)) or "none"
            message = f"expected exactly one of {', '.join(known)}; got {got}"
            problems.append(ConfigProblem(path=path, message=message, reason=ProblemReason.CHOICE))
            return None
        name = next(iter(raw), known[0] if known else None)
        if name not in self.fields:
            problems.append(unknown(path, name, known))
            return None
        field = self.fields[name]
        value = raw.get(name, MISSING)
        if value is None and isinstance(field.schema, Shape):
            value = {}
        return {name: resolve_given(field, value, (*path, name), problems, env)}

    def example(self) -> Any:
        """The first choice."""
        return {name: field.example() for name, field in list(self.fields.items())[:1]}

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return msgspec.structs.replace(super().describe(name), kind="choice")


class ScalarUnion(ConfigSchema):
    """A scalar, or something that is none.

    Args:
        scalar_type: the scalar.
        non_scalar_schema: the schema for a mapping or list.
    """

    def __init__(self, scalar_type: Any, non_scalar_schema: Any) -> None:
        self.scalar = as_schema(scalar_type)
        self.other = as_schema(non_scalar_schema)
        if not isinstance(self.scalar, Scalar | Source):
            raise ConfigDefinitionError(f"scalar_type of a ScalarUnion is {self.scalar.type_text}, which is no scalar")

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return f"{self.scalar.type_text} or {self.other.type_text}"

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """Resolve by the one that fits."""
        chosen = self.other if isinstance(raw, Mapping | list | tuple) else self.scalar
        return chosen.resolve(raw, path, problems, env)

    def example(self) -> Any:
        """A scalar."""
        return self.scalar.example()


_NAMED: dict[Any, Callable[[], ConfigSchema]] = {
    int: lambda: Int,
    float: lambda: Float,
    bool: lambda: Bool,
    str: lambda: String,
    dict: Permissive,
    list: lambda: Array(ANYTHING),
    Any: lambda: ANYTHING,
}
_HOW = "a Field, int, float, bool, str, list, dict, a dict of these by name, [one of these], or a class of Config"


def as_schema(written: Any) -> ConfigSchema:
    """The schema that a Python literal stands for.

    Raises:
        ConfigDefinitionError: it stands for none.
        DefinitionError: it is a construct of the `typing` module.
    """
    if isinstance(written, ConfigSchema):
        return written
    if isinstance(written, dict | list):
        return _of_literal(written)
    of_class = getattr(written, "config_schema_of_class", None)
    if of_class is not None:
        schema: ConfigSchema = of_class()
        return schema
    written = getattr(written, "typing_type", written)  # a type that values are checked against at run time
    known = _NAMED.get(written) if isinstance(written, type) or written is Any else None
    if known is not None:
        return known()
    if typing.get_origin(written) is not None:
        raise DefinitionError(
            f"{written!r} cannot be a config schema", hint="write [int], {str: int} or Noneable(int) instead"
        )
    raise ConfigDefinitionError(f"{written!r:.80} is no config schema", hint=f"use {_HOW}")


def _of_literal(written: dict[Any, Any] | list[Any]) -> ConfigSchema:
    if isinstance(written, list):
        if len(written) != 1:
            raise DefinitionError(f"{written!r:.80} is no config schema: a list holds one item", hint="[int]")
        return Array(written[0])
    if len(written) == 1:
        ((key, value),) = written.items()
        if not isinstance(key, str):
            if not isinstance(key, type | ConfigSchema) and key is not Any:
                raise DefinitionError(f"the keys of a config schema are names or one type, got {key!r:.60}")
            return Map(key, value)
    return Shape(written)


def as_field(written: Any) -> Field:
    """The field that a Python literal stands for. See `as_schema`."""
    return written if isinstance(written, Field) else Field(as_schema(written))


def _schema_of_field(written: Any) -> ConfigSchema:
    try:
        return as_schema(written)
    except ConfigDefinitionError as error:
        if isinstance(written, dict | list):
            raise
        # what is no type at all is, as in Dagster, another mistake than a literal that holds something wrong
        raise DefinitionError(error.message, hint=error.hint) from None


def as_config_field(written: Any) -> Field:
    """The schema given as `config_schema=`; None takes anything and needs nothing."""
    return Field(AnyConfig(None)) if written is None else as_field(written)
