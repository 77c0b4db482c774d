"""Which resources need which, and in what order they are started."""

import inspect
from collections.abc import Iterable, Mapping
from typing import Any

from orchestrator.definitions.functions import unwrap
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.resources import known_resources
from orchestrator.errors import CycleError, InvariantError, MissingResourceError


def is_startable(resource: Any) -> bool:
    """Whether a resource is made for a run; any other object is used as it is."""
    return hasattr(resource, "open_as_resource") and not isinstance(resource, type)


def cleans_up(resource: Any) -> bool:
    """Whether a resource does something when a run has ended."""
    if getattr(resource, "tears_down", False) is True:
        return True
    function = getattr(resource, "resource_fn", None)
    return function is not None and inspect.isgeneratorfunction(unwrap(function))


def needed_resources(resources: Mapping[str, Any], keys: Iterable[str]) -> list[str]:
    """The given keys and all that they require, each after what it requires.

    What requires nothing comes first, by name; then what requires only that; and so on.

    Raises:
        MissingResourceError: one of them does not exist.
        CycleError: some require each other.
    """
    by_identity = {id(value): key for key, value in resources.items()}
    depths: dict[str, int] = {}

    def visit(key: str, above: tuple[str, ...]) -> int:
        if key in depths:
            return depths[key]
        if key in above:
            circle = " -> ".join(f"`{one}`" for one in (*above[above.index(key) :], key))
            raise CycleError(f"resources require each other: {circle}")
        if key not in resources:
            raise _missing(key, above, resources)
        resource = resources[key]
        needed = resource.needed_keys(by_identity) if is_startable(resource) else ()
        depths[key] = 1 + max((visit(one, (*above, key)) for one in needed), default=0)
        return depths[key]

    for key in keys:
        visit(key, ())
    return sorted(depths, key=lambda key: (depths[key], key))


def check_nested_fields(resources: Mapping[str, Any]) -> None:
    """Refuse resources in fields of others that nothing configures.

    Raises:
        MissingResourceError: names the field.
    """
    by_identity = {id(value): key for key, value in resources.items()}
    for resource in resources.values():
        if is_startable(resource):
            resource.needed_keys(by_identity)


def check_own_resources(resources: Mapping[str, Any], keys: Iterable[str], where: str) -> None:
    """Refuse resources of a job that require others which the job does not have.

    Args:
        resources: of the job.
        keys: those that it needs.
        where: the job, for messages.

    Raises:
        InvariantError: names what is missing, or the circle.
        MissingResourceError: a resource in a field of another is configured by nothing.
    """
    check_nested_fields(resources)
    try:
        needed_resources({"io_manager": None, **resources}, [key for key in keys if key in resources])
    except (MissingResourceError, CycleError) as error:
        raise InvariantError(f"{where}: {error.message}", hint=error.hint) from None


def _missing(key: str, above: tuple[str, ...], resources: Mapping[str, Any]) -> MissingResourceError:
    by = f", which resource `{above[-1]}` requires" if above else ""
    return MissingResourceError(
        f"there is no resource `{key}`{by}",
        hint=did_you_mean(key, resources) or f"there are {known_resources(resources)}",
    )
