"""`Config`: the config of an op or asset as a class of pydantic.

Loads pydantic; the lazy public API loads it when a code location first uses it.
"""

from functools import cache
from typing import Any

from pydantic import ConfigDict

from orchestrator.definitions.config_schema import ConfigSchema
from orchestrator.definitions.late_model import LateModel
from orchestrator.definitions.model_schema import ModelSchema, raw_config


class Config(LateModel):
    """What a run can set for an op, asset or resource: `def load(config: LoadConfig)`.

    Fields are declared as in pydantic: types, defaults, validators, nested classes of `Config`, lists, dicts, enums
    (written by name), and unions told apart by a field (written as `{kind: {fields}}`). Run config with a field that
    does not exist is refused.
    """

    @classmethod
    def config_schema_of_class(cls) -> ConfigSchema:
        """What run config for this class looks like."""
        return _schema(cls)

    @classmethod
    def to_config_schema(cls) -> ConfigSchema:
        """The same, for `config_schema=`: the function then gets plain values in `context.op_config`."""
        return cls.config_schema_of_class()

    def to_raw_config(self) -> dict[str, Any]:
        """What a person would write in run config to get this."""
        written: dict[str, Any] = raw_config(self)
        return written


class PermissiveConfig(Config):
    """Config that takes fields besides those it declares."""

    model_config = ConfigDict(extra="allow")


@cache
def _schema(model: type[Config]) -> ConfigSchema:
    return ModelSchema(model)
