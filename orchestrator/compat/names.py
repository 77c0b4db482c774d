"""Which name of Dagster is which of ours, which come later, and which never.

Names that are spelt alike need no entry: whatever `orchestrator` makes public and Dagster has is served.
"""

import importlib
from collections.abc import Iterator
from typing import Any

import orchestrator
from orchestrator.compat.errors import ERRORS, MORE_ERRORS
from orchestrator.compat.inventory import read_inventory
from orchestrator.definitions.names import did_you_mean

_BUILTIN = "builtins"
_COMPONENTS = "components read YAML into definitions; orch reads Python, and `Definitions` does the same"
_PIPES = "a step that starts other programs uses subprocess; its output is kept as compute logs"
_SERVER = "it belongs to Dagster's server processes, which orch does not have"

#: Dagster's name -> (module, name there), where the two differ or the name is no native public one.
SPELLINGS: dict[str, tuple[str, str]] = {
    "Bool": (_BUILTIN, "bool"),
    "DagsterAssetMetadataValue": ("orchestrator.definitions.metadata_values", "AssetMetadataValue"),
    "DagsterInstance": ("orchestrator.instance", "Instance"),
    "DagsterJobMetadataValue": ("orchestrator.definitions.metadata_values", "JobMetadataValue"),
    "DagsterRunMetadataValue": ("orchestrator.definitions.metadata_values", "RunMetadataValue"),
    "DagsterRunStatus": ("orchestrator.runs.records", "RunStatus"),
    "Any": ("typing", "Any"),
    "Float": (_BUILTIN, "float"),
    "Int": (_BUILTIN, "int"),
    "String": (_BUILTIN, "str"),
}

#: Dagster's name -> why it will not be served.
NOT_PLANNED: dict[str, str] = {}

#: Module of Dagster -> why nothing below it is served.
NOT_PLANNED_MODULES: dict[str, str] = {
    "dagster.components": _COMPONENTS,
    "dagster._grpc": _SERVER,
    "dagster._daemon": _SERVER,
}


class UnservedNameError(ImportError):
    """A name or module of Dagster that orch does not serve."""


def served_names() -> Iterator[str]:
    """Every name that is served."""
    public = read_inventory().names
    yield from (name for name in orchestrator._MODULES if name in public)  # noqa: SLF001  our own table
    yield from SPELLINGS
    yield from ERRORS
    yield from MORE_ERRORS


def find(name: str) -> tuple[bool, Any]:
    """Whether a name is served, and its value."""
    if name in SPELLINGS:
        module, attribute = SPELLINGS[name]
        return True, getattr(importlib.import_module(module), attribute)
    error = ERRORS.get(name) or MORE_ERRORS.get(name)
    if error is not None:
        return True, error
    if name in orchestrator._MODULES and name in read_inventory().names:  # noqa: SLF001
        return True, getattr(orchestrator, name)
    return False, None


def explain(name: str, module: str) -> str:
    """Why a name is not served, and the nearest that is."""
    if name in NOT_PLANNED:
        return f"orch does not serve `{name}` of Dagster: {NOT_PLANNED[name]}"
    hint = did_you_mean(name, served_names())
    tail = f"; {hint}" if hint else ""
    if name in read_inventory().names:
        return f"orch does not serve `{name}` of Dagster yet{tail}"
    return f"module `{module}` has no attribute `{name}`, neither in Dagster {read_inventory().version} nor here{tail}"
