"""`MetadataEntry`: a metadata value with its name."""

from typing import Any

from msgspec import Struct
from msgspec.structs import force_setattr

from orchestrator.definitions.metadata import AnyMetadataValue, coerce_metadata


class MetadataEntry(Struct, frozen=True):
    """A metadata value with its name.

    Args:
        label: the name.
        description: what it means.
        entry_data: the value.
        value: the value, by its newer name.
    """

    label: str
    description: str | None = None
    entry_data: Any = None
    value: Any = None

    def __post_init__(self) -> None:
        given = self.entry_data if self.value is None else self.value
        made: AnyMetadataValue = coerce_metadata({self.label: given}, "a MetadataEntry")[self.label]
        force_setattr(self, "entry_data", made)
        force_setattr(self, "value", made)
