"""What a user gives as the config of an op by annotating its `config` parameter."""

import types
from typing import Any, Union, get_args, get_origin

from orchestrator.definitions.config_schema import ConfigSchema
from orchestrator.definitions.config_types import Array, Map, Noneable, as_config_field
from orchestrator.errors import ConfigClassError, ConfigDefinitionError, ConfigError


def schema_of(written: Any, where: str) -> ConfigSchema:
    """The schema of an op's config.

    Args:
        written: a class of `Config`, or a type: `dict`, `list[int]`, `int | None`.
        where: whose config it is, for messages.

    Raises:
        ConfigClassError: it is no config schema, or a class with a field that config cannot hold.
        ConfigError: a default value in it does not fit.
    """
    if written is None:
        raise ConfigClassError(
            f"the parameter `config` of {where} has no annotation, so it cannot be known what it takes",
            hint="config: dict, or a class of Config",
        )
    if isinstance(written, str):
        raise ConfigClassError(
            f"the type of the config of {where} cannot be found: `{written}`",
            hint="import it where the op is defined, not only for type checkers",
        )
    try:
        return as_config_field(_plain(written))
    except (ConfigClassError, ConfigError) as error:
        error.message = f"the config schema of {where} is not valid: {error.message}"
        raise
    except ConfigDefinitionError as error:
        raise ConfigClassError(
            f"the config of {where} cannot be of this type: {error.message}", hint=error.hint
        ) from None


def _plain(written: Any) -> Any:
    """An annotation such as `list[int]` as the schema language says it; anything else as it is."""
    origin, arguments = get_origin(written), get_args(written)
    if origin is list:
        return Array(_plain(arguments[0]))
    if origin is dict:
        return Map(_plain(arguments[0]), _plain(arguments[1]))
    rest = [one for one in arguments if one is not type(None)]
    if origin in (Union, types.UnionType) and len(rest) == 1:
        return Noneable(_plain(rest[0]))
    return written
