"""What Dagster's public API holds, as facts: names, kinds, parameters, error classes, modules.

`scripts/dagster_inventory.py` writes the file anew in an environment that has Dagster.
"""

from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

_FILE = Path(__file__).with_name("inventory.json")


class PublicName(Struct, frozen=True):
    """One public name."""

    #: `class`, `function` or `constant`.
    kind: str
    #: Where Dagster defines it; empty for a constant.
    module: str = ""
    #: Names of parameters; `*` and `**` mark those that take any number.
    parameters: tuple[str, ...] = ()


class Inventory(Struct, frozen=True):
    """The public API of one version of Dagster."""

    version: str
    names: dict[str, PublicName]
    #: Error class -> the names of its bases.
    errors: dict[str, tuple[str, ...]]
    #: Dotted names of all modules that can be imported.
    modules: frozenset[str]


@cache
def read_inventory() -> Inventory:
    """The inventory of the version that compat speaks."""
    return msgspec.json.decode(_FILE.read_bytes(), type=Inventory)
