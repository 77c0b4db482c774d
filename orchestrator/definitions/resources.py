"""Resources: what functions use besides data. Any object can be one."""

from collections.abc import Collection, Mapping
from typing import Annotated, Any, TypeVar

from orchestrator.definitions.names import did_you_mean
from orchestrator.errors import UnknownResourceError

T = TypeVar("T")

_MARK = "orchestrator.resource"

#: Annotation of a parameter that takes the resource of the same name: `client: ResourceParam[Client]`.
ResourceParam = Annotated[T, _MARK]


def is_resource_annotation(annotation: object) -> bool:
    """Whether a parameter with this annotation takes a resource."""
    if isinstance(annotation, str):  # could not be evaluated, for instance because of an import for type checkers only
        return "ResourceParam[" in annotation
    if (
        getattr(annotation, "is_resource_class", False) is True
    ):  # a class of ConfigurableResource, whose module is heavy
        return True
    return _MARK in getattr(annotation, "__metadata__", ())


class Resources:
    """The resources a function asked for, as attributes; like a named tuple it can tell which they are."""

    def __init__(self, by_key: Mapping[str, Any], required: Collection[str]) -> None:
        self.__dict__.update({key: by_key[key] for key in required})

    @property
    def _fields(self) -> tuple[str, ...]:
        return tuple(sorted(self.__dict__))

    def _asdict(self) -> dict[str, Any]:
        return dict(self.__dict__)

    def __getattr__(self, name: str) -> Any:
        raise UnknownResourceError(
            f"resource `{name}` was not asked for",
            hint=did_you_mean(name, self.__dict__) or f'add required_resource_keys={{"{name}"}}',
        )


def known_resources(keys: Collection[str]) -> str:
    """The keys that exist, for a message."""
    return ", ".join(f"`{key}`" for key in sorted(keys)) or "none"
