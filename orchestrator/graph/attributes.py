"""What selections can ask of an asset, and how values are matched."""

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from typing import Any

from orchestrator.definitions.metadata_values import TableSchemaMetadataValue
from orchestrator.definitions.tags import KIND_PREFIX
from orchestrator.graph.asset_graph import GraphAsset


def glob(pattern: str) -> Callable[[str], object]:
    """A matcher of whole texts, in which `*` stands for anything."""
    if pattern == "*":
        return lambda _: True
    # a lazy `.*?` per star, matched left to right, cannot backtrack more than stars times length
    return re.compile(".*?".join(re.escape(part) for part in pattern.split("*")), re.DOTALL).fullmatch


def _columns(one: GraphAsset) -> Sequence[Any]:
    for name in ("dagster/column_schema", "orch/column_schema"):
        value = one.snapshot.metadata.get(name)
        if isinstance(value, TableSchemaMetadataValue):
            return value.value.columns
    return ()


def _table_name(one: GraphAsset) -> tuple[str, ...]:
    metadata = one.snapshot.metadata
    return tuple(str(metadata[name].value) for name in ("dagster/table_name", "orch/table_name") if name in metadata)


def _tags(one: GraphAsset) -> Iterable[tuple[str, str]]:
    """Its tags; each kind is one too."""
    tags = one.snapshot.tags.items()
    return [*tags, *((f"{KIND_PREFIX}{kind}", "") for kind in one.snapshot.kinds)] if one.snapshot.kinds else tags


#: Attribute -> its values for an asset.
VALUES: dict[str, Callable[[GraphAsset], Collection[str]]] = {
    "group": lambda one: (one.snapshot.group,) if one.defined else (),
    "kind": lambda one: one.snapshot.kinds,
    "owner": lambda one: one.snapshot.owners,
    "code_location": lambda one: (one.location,) if one.defined else (),
    "column": lambda one: [column.name for column in _columns(one)],
    "table_name": _table_name,
}

#: Attribute -> its pairs of key and value for an asset.
TAGS: dict[str, Callable[[GraphAsset], Iterable[tuple[str, str]]]] = {
    "tag": _tags,
    "column_tag": lambda one: (pair for column in _columns(one) for pair in column.tags.items()),
}
