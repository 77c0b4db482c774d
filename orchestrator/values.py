"""Stored values of assets outside a run: for a notebook, a test or the command line."""

import os
from collections.abc import Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Self

from msgspec import Struct

from orchestrator.definitions.assets import AssetOutput, AssetsDefinition
from orchestrator.definitions.collection import Definitions
from orchestrator.definitions.io_contexts import InputContext, OutputContext
from orchestrator.definitions.keys import AssetKey, CoercibleToAssetKey, key_text
from orchestrator.definitions.metadata import AnyMetadataValue, MetadataValue, plain_metadata
from orchestrator.definitions.names import did_you_mean
from orchestrator.definitions.needed_resources import is_startable, needed_resources
from orchestrator.definitions.plain import plain_json
from orchestrator.definitions.runtime_types import ANY
from orchestrator.definitions.specs import AssetSpec
from orchestrator.definitions.tables import TableRecord
from orchestrator.definitions.types import type_of
from orchestrator.errors import ErrorInfo, MetadataError, MissingResourceError, UnknownStoredAssetError
from orchestrator.execution.resources import build_resources
from orchestrator.instance import Instance
from orchestrator.io_managers.filesystem import FilesystemIOManager
from orchestrator.workspace.frames import error_info

_DEFAULT = "io_manager"
#: How many rows of a table, and how many characters of anything else, are shown.
_ROWS, _CHARACTERS = 20, 4000


class AssetValueLoader:
    """Loads stored values of the assets of one code location; a context manager. See `Definitions.load_asset_value`.

    Args:
        definitions: the code location.
        storage: the folder for values of IO managers that have none of their own.
    """

    def __init__(self, definitions: Definitions, storage: str) -> None:
        self._definitions = definitions
        self._storage = storage
        self._stack = ExitStack()
        #: IO managers that were started, by the identity of what makes them.
        self._started: dict[int, Any] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._started.clear()
        self._stack.close()

    def load_asset_value(
        self,
        asset_key: CoercibleToAssetKey,
        *,
        python_type: type[Any] | None = None,
        metadata: Mapping[str, Any] | None = None,
    ) -> Any:
        """The stored value of an asset.

        Args:
            asset_key: the asset.
            python_type: what the value is to be, for IO managers that load by type.
            metadata: told to the IO manager as the metadata of the input.

        Raises:
            UnknownStoredAssetError: the code location has no such asset.
            MissingResourceError: its IO manager is not there.
        """
        key = key_text(asset_key)
        owner, output, spec = self._find(key)
        manager_key = output.io_manager_key if output else spec.io_manager_key or _DEFAULT
        resources = {**self._definitions.resources, **(owner.resource_defs if owner else {})}
        if manager_key != _DEFAULT and manager_key not in resources:
            raise MissingResourceError(
                f"`{key}` is stored by the IO manager `{manager_key}`, which nobody provides",
                hint=did_you_mean(manager_key, resources),
            )
        manager = self._manager(manager_key, resources)
        upstream = OutputContext(
            asset_key=AssetKey(key),
            name=output.name if output else spec.key.path[-1],
            step_key=owner.name if owner else None,
            definition_metadata=plain_metadata(spec.metadata) if output is None else spec.metadata,
            asset_spec=spec,
            resources={},
        )
        context = InputContext(
            asset_key=AssetKey(key),
            definition_metadata=metadata,
            upstream_output=upstream,
            dagster_type=ANY if python_type is None else type_of(python_type, f"the value of `{key}`"),
            resource_config={},
            resources={},
        )
        return manager.load_input(context)

    def _manager(self, key: str, resources: Mapping[str, Any]) -> Any:
        manager = resources.get(key) or FilesystemIOManager()
        if is_startable(manager):
            if id(manager) not in self._started:
                needed = needed_resources(resources, [key])
                started = self._stack.enter_context(build_resources({one: resources[one] for one in needed}))
                self._started[id(manager)] = getattr(started, key)
            manager = self._started[id(manager)]
        within = getattr(manager, "within", None)  # a duck that is no IOManager has its own place
        return manager if within is None else within(self._storage)

    def _find(self, key: str) -> tuple[AssetsDefinition | None, AssetOutput | None, AssetSpec]:
        known: list[str] = []
        for item in self._definitions.assets:
            if isinstance(item, AssetSpec):
                if key_text(item.key) == key:
                    return None, None, item
                known.append(key_text(item.key))
                continue
            for output in item.outputs:
                if key_text(output.spec.key) == key:
                    return item, output, output.spec
                known.append(key_text(output.spec.key))
        raise UnknownStoredAssetError(f"there is no asset `{key}`", hint=did_you_mean(key, known))


def load_asset_value(definitions: Definitions, asset_key: CoercibleToAssetKey, storage: str, **more: Any) -> Any:
    """The stored value of an asset. See `AssetValueLoader.load_asset_value`."""
    with AssetValueLoader(definitions, storage) as loader:
        return loader.load_asset_value(asset_key, **more)


def loader_of(definitions: Definitions, instance: Instance | None) -> AssetValueLoader:
    """A loader of values that runs recorded in an instance, else in the home of the working directory."""
    storage = Path(os.environ.get("ORCH_HOME") or ".orch") / "storage" if instance is None else instance.storage
    return AssetValueLoader(definitions, str(storage.absolute()))


def look_at_value(definitions: Definitions, key: str, storage: str) -> "ShownValue | ErrorInfo":
    """The stored value of an asset to look at, or why it cannot be loaded."""
    try:
        return show_value(load_asset_value(definitions, key, storage))
    except Exception as error:  # noqa: BLE001  the boundary to user code
        return error_info(error)


class ShownValue(Struct, frozen=True):
    """A value as a person can look at it, without the libraries it is made with."""

    #: Module and name of its class.
    type: str
    #: What there is to see.
    value: AnyMetadataValue
    #: Rows and columns, length, or that not all is shown.
    note: str = ""


def show_value(value: Any) -> ShownValue:
    """A value to look at: a data frame as a table of its first rows, what JSON can hold as JSON, else its `repr`."""
    kind = type(value)
    name = kind.__qualname__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"
    frame = _first_rows(value)
    if frame is not None:
        rows, note = frame
        return ShownValue(
            name, MetadataValue.table([TableRecord(row) for row in rows]) if rows else MetadataValue.null(), note
        )
    if isinstance(value, str):
        return ShownValue(name, MetadataValue.text(value[:_CHARACTERS]), _cut_note(len(value)))
    try:
        return ShownValue(name, MetadataValue.json(plain_json(value)))
    except MetadataError:
        text = repr(value)
        return ShownValue(name, MetadataValue.text(text[:_CHARACTERS]), _cut_note(len(text)))


def _cut_note(length: int) -> str:
    return f"the first {_CHARACTERS} of {length} characters" if length > _CHARACTERS else ""


def _first_rows(value: Any) -> tuple[list[dict[str, Any]], str] | None:
    """The first rows of a data frame of any library that has `head`, `shape` and a way to make dicts; else None."""
    shape = getattr(value, "shape", None)
    if not hasattr(value, "columns") or not isinstance(shape, tuple) or len(shape) != 2:
        return None
    if hasattr(value, "to_pylist"):
        rows = value.slice(0, _ROWS).to_pylist()
    else:
        head = value.head(_ROWS)
        rows = head.to_dicts() if hasattr(head, "to_dicts") else head.to_dict("records")
    cells = [{str(name): _cell(cell) for name, cell in row.items()} for row in rows]
    return cells, f"{shape[0]} rows, {shape[1]} columns" + (f"; the first {_ROWS}" if shape[0] > _ROWS else "")


def _cell(cell: Any) -> str | int | float | bool | None:
    cell = cell.item() if hasattr(cell, "item") and getattr(cell, "shape", None) == () else cell
    return cell if isinstance(cell, str | int | float | None) else str(cell)
