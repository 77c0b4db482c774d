"""Give resources to definitions one by one, instead of to a whole `Definitions`."""

from collections.abc import Iterable, Mapping
from typing import Any

from orchestrator.definitions.dialect import spoken
from orchestrator.definitions.ins_and_outs import DEFAULT_IO_MANAGER_KEY
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.upward import fetch
from orchestrator.errors import DefinitionError, MissingResourceError


def with_resources(
    definitions: Iterable[Any],
    resource_defs: Mapping[str, Any],
    resource_config_by_key: Mapping[str, Mapping[str, Any]] | None = None,
) -> list[Any]:
    """The same definitions, with resources of their own.

    Args:
        definitions: assets, or whatever else may have resources; specs of assets made elsewhere stay as they are.
        resource_defs: by key.
        resource_config_by_key: the config of some of them: `{"db": {"config": {...}}}`.

    Raises:
        DefinitionError: there is config for a resource that is not given, or that takes none.
        MissingResourceError: a definition requires what is not given.
        InvocationError: a definition has another resource of that name already.
    """
    resources = dict(resource_defs)
    for key, config in (resource_config_by_key or {}).items():
        if key not in resources:
            raise DefinitionError(
                f"there is config for resource `{key}`, which is not given", hint=did_you_mean(key, resources)
            )
        if not hasattr(resources[key], "configured"):
            raise DefinitionError(f"resource `{key}` takes no config")
        resources[key] = resources[key].configured(config.get("config"))
    if spoken().resources_are_bound:
        resources.setdefault(DEFAULT_IO_MANAGER_KEY, fetch("io_managers.named", "fs_io_manager"))
    return [_bound(one, resources) if hasattr(one, "with_resources") else one for one in definitions]


def _bound(definition: Any, given: Mapping[str, Any]) -> Any:
    """A definition with those of the resources that it requires, and what these require themselves."""
    own = definition.resource_defs
    pending = sorted(definition.required_resource_keys)
    needed: dict[str, Any] = {}
    while pending:
        key = pending.pop()
        if key in needed:
            continue
        if key in given:
            needed[key] = given[key]
            pending += sorted(getattr(given[key], "required_resource_keys", None) or ())
        elif key not in own and key != DEFAULT_IO_MANAGER_KEY:
            raise MissingResourceError(
                f"{definition!r} needs the resource `{key}`, which is not given", hint=did_you_mean(key, given)
            )
    return definition.with_resources(needed)
