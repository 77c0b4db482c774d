"""Classes of pydantic as config schemas: the same tree as the schema language, ending in an instance of the class.

Loads pydantic; only modules that the lazy public API loads on demand import it.
"""

import types
from collections.abc import Callable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from enum import Enum as PythonEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import to_jsonable_python

from orchestrator.definitions.config_scalars import (
    ANYTHING,
    BoolSource,
    Enum,
    EnumValue,
    Env,
    Float,
    IntSource,
    Problems,
    StringSource,
)
from orchestrator.definitions.config_schema import (
    MISSING,
    ConfigField,
    ConfigSchema,
    Path,
    UnmadeConfigError,
    mismatch,
    missing,
    shown_default,
    shown_value,
    unknown,
)
from orchestrator.definitions.config_types import Array, Field, Map, Noneable, Permissive
from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.env import EnvVar, IntEnvVar, secrets
from orchestrator.definitions.late_model import discriminator_of, is_late, is_optional, union_members
from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import ConfigClassError, ConfigProblem, DefinitionError, ProblemReason

_SIMPLE: dict[Any, ConfigSchema] = {
    bool: BoolSource,
    int: IntSource,
    float: Float,
    str: StringSource,
    list: Array(ANYTHING),
    dict: Permissive(),
    Any: ANYTHING,
    object: ANYTHING,
}


class ModelSchema(ConfigSchema):
    """The fields of a model.

    Args:
        model: the class.
        given: values that stand in for the defaults of the class, by field name.
        skip: fields that config does not set.
        build: makes the value from the fields by name; an instance of the class if left out.
    """

    def __init__(
        self,
        model: type[BaseModel],
        *,
        given: Mapping[str, Any] | None = None,
        skip: frozenset[str] = frozenset(),
        build: Callable[[dict[str, Any]], Any] | None = None,
    ) -> None:
        self.model = model
        self.given = dict(given or {})
        self.build = build or (lambda values: model(**values))
        self.open = model.model_config.get("extra") == "allow"
        self.description = (model.__dict__.get("__doc__") or "").strip() or None
        self.fields = {
            info.alias or name: ModelField(name, info, self.given.get(name, MISSING))
            for name, info in model.model_fields.items()
            if name not in skip
        }

    def as_field(self) -> Field:
        """This schema as one of the schema language."""
        return Field(self)

    @property
    def type_text(self) -> str:
        """How the type reads."""
        parts = [
            f"{key}{'' if field.required else '?'}: {field.schema.type_text}" for key, field in self.fields.items()
        ]
        return f"{{{', '.join([*parts, *(['...'] if self.open else [])])}}}"

    @property
    def default(self) -> Any:
        """Nothing needs to be given if no field is required."""
        return MISSING if any(field.required for field in self.fields.values()) else {}

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """Make the instance."""
        if isinstance(raw, self.model):
            raw = raw_config(raw)
        if not isinstance(raw, Mapping):
            problems.append(mismatch(path, f"a mapping, {self.type_text}", raw))
            return None
        known = len(problems)
        values = self._values(raw, path, problems, env)
        if len(problems) > known:
            return None
        try:
            return self.build(values)
        except ValidationError as error:
            if spoken().config_made_in_steps:
                raise UnmadeConfigError(error) from error
            late = {key for key, field in self.fields.items() if _from_environment(raw.get(key, field.default))}
            problems += _problems_of(error, path, late)
            return None

    def _values(self, raw: Mapping[str, Any], path: Path, problems: Problems, env: Env) -> dict[str, Any]:
        """The value of each field that has one."""
        values: dict[str, Any] = {}
        for key, field in self.fields.items():
            value = field.resolve(raw.get(key, MISSING), (*path, key), problems, env)
            if value is not MISSING:
                values[key] = value
        for name in raw:
            if name in self.fields:
                continue
            if self.open:
                values[str(name)] = raw[name]
            else:
                problems.append(unknown(path, name, tuple(self.fields)))
        return values

    def example(self) -> Any:
        """The required fields."""
        return {key: field.schema.example() for key, field in self.fields.items() if field.required}

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return ConfigField(
            name=name,
            type=self.type_text,
            kind="fields",
            required=self.has_required,
            default=shown_default(self.default),
            description=self.description,
            children=tuple(field.describe(key) for key, field in self.fields.items()),
        )


class ModelField:
    """One field of a model, with what stands in if config does not give it."""

    def __init__(self, name: str, info: FieldInfo, given: Any) -> None:
        self.name = name
        self.info = info
        self._given = given
        base = info.get_default() if given is MISSING else given
        self.schema = schema_of(info.annotation, discriminator_of(info), base)
        needed = given is MISSING and info.is_required() and not is_optional(info.annotation)
        self.required = needed and not (isinstance(self.schema, ModelSchema) and not self.schema.has_required)

    @property
    def default(self) -> Any:
        """The value that stands in, as the class or the instance has it; `MISSING` if there is none."""
        if self._given is not MISSING:
            return self._given
        if self.info.is_required():
            return MISSING if self.required else None
        return self.info.get_default(call_default_factory=True, validated_data={})

    @property
    def is_required(self) -> bool:
        """Whether something must be given."""
        return self.required

    @property
    def description(self) -> str | None:
        """What it means."""
        return self.info.description

    @property
    def default_provided(self) -> bool:
        """Whether there is a value for when nothing is given."""
        return self.default is not MISSING

    @property
    def default_value(self) -> Any:
        """The value for when nothing is given, as it would be written."""
        return self._raw_default

    @property
    def _raw_default(self) -> Any:
        return _raw_member(self.default, discriminator_of(self.info))

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """The field's value; `MISSING` leaves the default to the class."""
        if raw is not MISSING:
            return self.schema.resolve(raw, path, problems, env)
        if self.required:
            problems.append(missing(path, self.schema))
            return MISSING
        if self._given is MISSING and self.info.is_required() and isinstance(self.schema, ModelSchema):
            return self.schema.resolve({}, path, problems, env)
        if self._given is MISSING and (self.info.is_required() or self.info.default_factory is not None):
            return MISSING
        value = self.default
        if is_late(value):
            return self.schema.resolve(self._raw_default, path, problems, env)
        return MISSING if self._given is MISSING else value

    def describe(self, key: str) -> ConfigField:
        """This field as data."""
        inner = self.schema.describe(key)
        return msgspec.structs.replace(
            inner,
            required=self.required,
            default=None if self.required else shown_default(self._raw_default),
            description=self.info.description or inner.description,
        )


class UnionSchema(ConfigSchema):
    """One of several models: written as `{kind: {fields}}`, or as fields among which is the kind."""

    def __init__(self, members: Mapping[str, type[BaseModel]], discriminator: str, base: Any) -> None:
        self.discriminator = discriminator
        self.members = {
            tag: ModelSchema(model, given=_given(base) if type(base) is model else None)
            for tag, model in members.items()
        }

    @property
    def type_text(self) -> str:
        """How the type reads."""
        return f"one of {', '.join(self.members)}"

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """Make an instance of the member that is named."""
        for tag, member in self.members.items():
            if type(raw) is member.model:
                raw = {tag: raw_config(raw)}
        if not isinstance(raw, Mapping):
            problems.append(mismatch(path, f"a mapping with {self.type_text}", raw))
            return None
        if self.discriminator in raw and not spoken().strict_data:
            return self._by_field(raw, path, problems, env)
        if len(raw) != 1:
            got = ", ".join(map(str, raw)) or "none"
            message = f"expected exactly {self.type_text}; got {got}"
            problems.append(ConfigProblem(path=path, message=message, reason=ProblemReason.CHOICE))
            return None
        ((tag, fields),) = raw.items()
        if tag not in self.members:
            problems.append(unknown(path, tag, tuple(self.members)))
        elif fields is not None and not isinstance(fields, Mapping):
            problems.append(mismatch((*path, str(tag)), f"a mapping, {self.members[tag].type_text}", fields))
        else:
            chosen = {**(fields or {}), self.discriminator: tag}
            return self.members[tag].resolve(chosen, (*path, tag), problems, env)
        return None

    def _by_field(self, raw: Mapping[str, Any], path: Path, problems: Problems, env: Env) -> Any:
        tag = raw[self.discriminator]
        if isinstance(tag, str) and tag in self.members:
            return self.members[tag].resolve(raw, path, problems, env)
        problem = mismatch((*path, self.discriminator), self.type_text, tag)
        problems.append(msgspec.structs.replace(problem, hint=did_you_mean(str(tag), self.members)))
        return None

    def example(self) -> Any:
        """The first member."""
        return {tag: self._fields(member.example()) for tag, member in list(self.members.items())[:1]}

    def _fields(self, example: dict[str, Any]) -> dict[str, Any]:
        return {key: value for key, value in example.items() if key != self.discriminator}

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        children = []
        for tag, member in self.members.items():
            described = member.describe(tag)
            fields = tuple(child for child in described.children if child.name != self.discriminator)
            required = any(child.required for child in fields)
            children.append(msgspec.structs.replace(described, children=fields, required=required))
        return ConfigField(name=name, type=self.type_text, kind="choice", children=tuple(children))


class CheckedByPydantic(ConfigSchema):
    """Anything else that pydantic knows, such as dates, paths and tuples: checked when the model is made."""

    def __init__(self, annotation: Any) -> None:
        self._annotation = annotation

    @property
    def type_text(self) -> str:
        """How the type reads."""
        name = getattr(self._annotation, "__name__", None)
        return name if name and get_origin(self._annotation) is None else str(self._annotation).replace("typing.", "")

    def resolve(self, raw: Any, path: Path, problems: Problems, env: Env) -> Any:
        """Read the variable if one is named."""
        named = isinstance(raw, Mapping) and raw.keys() == {"env"} and isinstance(raw["env"], str)
        if named or isinstance(raw, EnvVar | IntEnvVar):
            return StringSource.resolve(raw, path, problems, env)
        return raw

    def describe(self, name: str = "") -> ConfigField:
        """This schema as data."""
        return ConfigField(name=name, type=self.type_text)


def schema_of(annotation: Any, discriminator: str | None = None, base: Any = None) -> ConfigSchema:
    """The schema of an annotation.

    Args:
        annotation: of a field.
        discriminator: the field that tells the members of a union apart.
        base: the default; the fields of a nested model that are not given are taken from it.
    """
    simple = _SIMPLE.get(annotation) if isinstance(annotation, type) or annotation is Any else None
    if simple is not None:
        return simple
    if isinstance(annotation, type) and get_origin(annotation) is None:
        if issubclass(annotation, BaseModel):
            return ModelSchema(annotation, given=_given(base) if type(base) is annotation else None)
        return Enum.from_python_enum(annotation) if issubclass(annotation, PythonEnum) else _checked(annotation)
    if get_origin(annotation) is Annotated:
        inner, *marks = get_args(annotation)
        named = [found for mark in marks if isinstance(mark, FieldInfo) and (found := discriminator_of(mark))]
        return schema_of(inner, named[0] if named else discriminator, base)
    return _of_generic(annotation, discriminator, base)


def _of_generic(annotation: Any, discriminator: str | None, base: Any) -> ConfigSchema:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin in (Union, types.UnionType):
        return _of_union(annotation, discriminator, base)
    if origin is Literal and all(isinstance(one, str) for one in arguments):
        return Enum("Literal", [EnumValue(one) for one in arguments])
    if origin in (list, Sequence) and len(arguments) == 1:
        return Array(schema_of(arguments[0]))
    if origin in (dict, Mapping) and len(arguments) == 2:
        key = schema_of(arguments[0])
        return Map(ANYTHING if isinstance(key, CheckedByPydantic | Enum) else key, schema_of(arguments[1]))
    return _checked(annotation)


def _checked(annotation: Any) -> ConfigSchema:
    """The schema of what only pydantic knows.

    Raises:
        ConfigClassError: it is no config.
    """
    name = getattr(annotation, "__name__", None) or str(annotation)
    if spoken().strict_data:
        if get_origin(annotation) in (tuple, set, frozenset, Sequence, AbstractSet):
            raise DefinitionError(f"`{annotation}` cannot be config", hint="list[...] or dict[...]")
        raise ConfigClassError(f"a field of type `{name}` cannot be config")
    if isinstance(annotation, type) and _is_opaque(annotation):
        raise ConfigClassError(
            f"a field of type `{name}` cannot be config", hint="for a resource, annotate it ResourceDependency[...]"
        )
    return CheckedByPydantic(annotation)


def _is_opaque(kind: type) -> bool:
    """Whether pydantic can only ask if a value is an instance of a class."""
    adapter: TypeAdapter[Any] = TypeAdapter(kind, config=ConfigDict(arbitrary_types_allowed=True))
    return bool(adapter.core_schema["type"] == "is-instance")


def _of_union(annotation: Any, discriminator: str | None, base: Any) -> ConfigSchema:
    rest = tuple(one for one in get_args(annotation) if one is not type(None))
    inner: ConfigSchema
    members = {} if discriminator is None else union_members(annotation, discriminator)
    if members:
        inner = UnionSchema(members, str(discriminator), base)
    elif len(rest) == 1:
        inner = schema_of(rest[0], discriminator, base)
    else:
        inner = _checked(Union[rest])  # noqa: UP007  the members are only known here
    return inner if len(rest) == len(get_args(annotation)) else Noneable(inner)


def _given(instance: BaseModel) -> dict[str, Any]:
    return {name: getattr(instance, name) for name in type(instance).model_fields}


def raw_config(value: Any) -> Any:
    """What a person would write for a value: enums by name, variables by name, models as mappings."""
    if isinstance(value, BaseModel):
        return _raw_model(value)
    if isinstance(value, Mapping):
        return {raw_config(key): raw_config(one) for key, one in value.items()}
    if isinstance(value, list | tuple | set | frozenset):
        return [raw_config(one) for one in value]
    return _raw_scalar(value)


def _raw_scalar(value: Any) -> Any:
    if isinstance(value, EnvVar | IntEnvVar):
        return {"env": value.env_var_name}
    if isinstance(value, PythonEnum):
        return value.name
    if value is None or isinstance(value, str | int | float) or hasattr(value, "get_secret_value"):
        return value
    return to_jsonable_python(value, fallback=repr)


def _raw_model(model: BaseModel) -> dict[str, Any]:
    raw: dict[str, Any] = {}
    for name, info in type(model).model_fields.items():
        value = getattr(model, name)
        if value is None and not info.is_required() and info.default is None:
            continue  # as good as not given
        raw[info.alias or name] = _raw_member(value, discriminator_of(info))
    raw.update({name: raw_config(value) for name, value in (model.model_extra or {}).items()})
    return raw


def _raw_member(value: Any, discriminator: str | None) -> Any:
    written = raw_config(value)
    if discriminator is None or not isinstance(value, BaseModel):
        return written
    tag = raw_config(getattr(value, discriminator))
    return {tag: {key: one for key, one in written.items() if key != discriminator}}


def _problems_of(error: ValidationError, path: Path, late: AbstractSet[str]) -> list[ConfigProblem]:
    """What pydantic found; a value that came from the environment, for a key in `late`, is not shown."""
    problems = []
    for one in error.errors(include_url=False, include_context=False):
        where = tuple(f"[{part}]" if isinstance(part, int) else part for part in one["loc"])
        message = one["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
        if one["loc"] and one["loc"][0] not in late:
            message += f"; got {shown_value(one['input'])}"
        problems.append(ConfigProblem(path=(*path, *where), message=secrets.redact(message)))
    return problems


def _from_environment(raw: Any) -> bool:
    if isinstance(raw, Mapping):
        return "env" in raw or any(map(_from_environment, raw.values()))
    return (isinstance(raw, list | tuple) and any(map(_from_environment, raw))) or is_late(raw)
