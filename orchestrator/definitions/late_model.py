"""The pydantic model below `Config` and configurable resources: fields may hold what is only known in a run.

Loads pydantic; only modules that the lazy public API loads on demand import it.
"""

from collections.abc import Callable, Mapping
from enum import Enum
from typing import Any, get_args, get_origin

from pydantic import BaseModel, ConfigDict, GetCoreSchemaHandler, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import CoreSchema, core_schema

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.env import EnvVar, IntEnvVar
from orchestrator.errors import InvocationError

#: Marks a field that takes a resource of any kind.
RESOURCE_FIELD = "orchestrator.resource_field"


class Late:
    """A value that is only known in a run, besides environment variables: a resource that is configured then."""


def is_late(value: Any) -> bool:
    """Whether something in a value is only known in a run."""
    if isinstance(value, EnvVar | IntEnvVar | Late):
        return True
    if isinstance(value, BaseModel):
        value = vars(value)
    if isinstance(value, dict):
        return any(map(is_late, value.values()))
    return isinstance(value, list | tuple) and any(map(is_late, value))


def is_optional(annotation: Any) -> bool:
    """Whether None is one of the types an annotation allows."""
    return type(None) in get_args(annotation)


def discriminator_of(info: FieldInfo) -> str | None:
    """The field that tells the members of a union apart, if one does."""
    found = info.discriminator
    return found if isinstance(found, str) else None


def union_members(annotation: Any, discriminator: str) -> dict[str, type[BaseModel]]:
    """The models of a discriminated union by the value that tells them apart."""
    members: dict[str, type[BaseModel]] = {}
    for member in get_args(annotation):
        for one in get_args(member) if get_origin(member) is not None else (member,):
            info = getattr(one, "model_fields", {}).get(discriminator)
            for tag in get_args(info.annotation) if info is not None else ():
                members[str(getattr(tag, "name", tag))] = one
    return members


class _Wrapper:
    """Lets late values pass; reads the names of enums and `{kind: {fields}}` of unions, as run config writes them."""

    def __init__(self, info: FieldInfo) -> None:
        self._enum = (
            info.annotation if isinstance(info.annotation, type) and issubclass(info.annotation, Enum) else None
        )
        self._is_number = info.annotation in (int, float, bool) and spoken().strict_data
        self._takes_anything = RESOURCE_FIELD in info.metadata
        self._discriminator = discriminator_of(info)
        self._tags = () if self._discriminator is None else tuple(union_members(info.annotation, self._discriminator))

    def __call__(self, value: Any, validate: Callable[[Any], Any]) -> Any:
        if self._takes_anything or (is_late(value) and not (self._is_number and isinstance(value, EnvVar))):
            return value
        if self._enum is not None and isinstance(value, str) and value in self._enum.__members__:
            return self._enum[value]
        if self._tags and isinstance(value, Mapping) and len(value) == 1:
            ((tag, fields),) = value.items()
            if tag in self._tags and (fields is None or isinstance(fields, Mapping)):
                return validate({**(fields or {}), str(self._discriminator): tag})
        return validate(value)


def _is_wrapped(schema: Any) -> bool:
    """A model that another refers to comes with its schema already made."""
    return schema.get("type") == "function-wrap" and isinstance(schema["function"].get("function"), _Wrapper)


def _model_fields(schema: Any) -> dict[str, Any]:
    """The fields inside a model's schema, below validators of the whole model."""
    while schema.get("type") != "model-fields":
        if "schema" not in schema:
            return {}  # a reference to a model whose fields are wrapped where it is defined
        schema = schema["schema"]
    fields: dict[str, Any] = schema["fields"]
    return fields


class LateModel(BaseModel):
    """A frozen model whose fields take environment variables and other late values without checking them."""

    model_config = ConfigDict(frozen=True, arbitrary_types_allowed=True)

    def __init__(self, **data: Any) -> None:
        for name, info in type(self).model_fields.items():
            # as in Dagster: a field that may be None need not be given
            if info.is_required() and (info.alias or name) not in data and is_optional(info.annotation):
                data[info.alias or name] = None
        super().__init__(**data)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        schema = handler(source)
        fields = _model_fields(schema)
        for name, field in fields.items():
            holder = field["schema"] if field["schema"]["type"] == "default" else field
            if holder["schema"]["type"] != "literal" and not _is_wrapped(holder["schema"]):
                wrapper = _Wrapper(cls.model_fields[name])
                holder["schema"] = core_schema.no_info_wrap_validator_function(wrapper, holder["schema"])
        return schema

    def __setattr__(self, name: str, value: Any) -> None:
        try:
            super().__setattr__(name, value)
        except ValidationError as error:
            raise InvocationError(
                f"`{name}` of {type(self).__name__} cannot be set: it is frozen",
                hint="make a new one, or keep state in a private attribute (`_name: int = PrivateAttr(...)`)",
            ) from error
