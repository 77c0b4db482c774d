"""Give resources to definitions one by one, instead of to a whole `Definitions`."""

from collections.abc import Iterable, Mapping
from typing import Any

from orchestrator.definitions.names import did_you_mean
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
        MissingResourceError: a definition needs a resource that it does not have.
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
    made = [one.with_resources(resources) if hasattr(one, "with_resources") else one for one in definitions]
    for one in made:
        own = {"io_manager": None, **(getattr(one, "resource_defs", None) or {})}
        for key in sorted(getattr(one, "required_resource_keys", ())):
            if key not in own:
                raise MissingResourceError(
                    f"`{one.name}` needs the resource `{key}`, which is not given", hint=did_you_mean(key, resources)
                )
    return made
