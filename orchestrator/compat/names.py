"""Which name of Dagster is which of ours, which come later, and which never.

Names that are spelt alike need no entry: whatever `orchestrator` makes public and Dagster has is served.
"""

import importlib
from typing import Any

import orchestrator
from orchestrator.compat.absent import LATER, NOT_PLANNED
from orchestrator.compat.errors import ERRORS, MORE_ERRORS
from orchestrator.compat.inventory import read_inventory
from orchestrator.definitions.names import did_you_mean

_BUILTIN = "builtins"
_NATIVE = "orchestrator"

_COMPAT = "orchestrator.compat"
#: Where the names are that are no native public ones.
_HOMES: dict[str, tuple[str, ...]] = {
    "orchestrator.definitions.config_schema": ("ConfigSchema",),
    "orchestrator.definitions.config_scalars": ("BoolSource", "Enum", "EnumValue", "IntSource", "StringSource"),
    "orchestrator.definitions.config_types": (
        "Array", "Field", "Map", "Noneable", "Permissive", "ScalarUnion", "Selector", "Shape",
    ),
    "orchestrator.runs.summaries": ("RunRecord",),
    "typing": ("Any", "Dict", "List", "Optional", "Set", "Tuple"),
    f"{_COMPAT}.older_assets": ("SourceAsset",),
    f"{_COMPAT}.older_config_files": ("config_from_files", "config_from_pkg_resources", "config_from_yaml_strings"),
    f"{_COMPAT}.older_files": ("FileHandle", "LocalFileHandle", "local_file_manager"),
    f"{_COMPAT}.older_io_managers": ("ConfigurableLegacyIOManagerAdapter",),
    f"{_COMPAT}.older_custom_path": ("custom_path_fs_io_manager",),
    f"{_COMPAT}.older_jobs": (
        "BindResourcesToJobs", "JobExecutionResult", "ReexecutionOptions", "build_reconstructable_job", "execute_job",
        "reconstructable",
    ),
    f"{_COMPAT}.older_loggers": ("JsonLogFormatter", "default_system_loggers", "get_dagster_logger"),
    f"{_COMPAT}.older_metadata": ("MetadataEntry",),
    f"{_COMPAT}.older_parameters": ("asset", "multi_asset"),
    f"{_COMPAT}.older_warnings": ("BetaWarning", "ConfigArgumentWarning", "PreviewWarning", "SupersessionWarning"),
    f"{_COMPAT}.older_repository": (
        "RepositoryDefinition", "create_repository_using_definitions_args", "repository",
    ),
    f"{_COMPAT}.runs": ("DagsterRun", "DagsterRunStatus"),
    f"{_COMPAT}.test_utils": ("file_relative_path", "instance_for_test", "raise_execution_interrupts"),
}  # fmt: skip

#: Dagster's name -> (module, name there), where the two differ or the name is no native public one.
SPELLINGS: dict[str, tuple[str, str]] = {
    **{name: (module, name) for module, names in _HOMES.items() for name in names},
    "Bool": (_BUILTIN, "bool"),
    "DagsterAssetMetadataValue": (_NATIVE, "AssetMetadataValue"),
    "DagsterEvent": (_NATIVE, "EventView"),
    "DagsterEventType": (_NATIVE, "EventType"),
    "DagsterInstance": (_NATIVE, "Instance"),
    "DagsterJobMetadataValue": (_NATIVE, "JobMetadataValue"),
    "DagsterLogManager": (_NATIVE, "LogManager"),
    "DagsterRunMetadataValue": (_NATIVE, "RunMetadataValue"),
    "DagsterType": (_NATIVE, "RuntimeType"),
    "DagsterTypeLoader": (_NATIVE, "RuntimeTypeLoader"),
    "DagsterTypeLoaderContext": (_NATIVE, "RuntimeTypeLoaderContext"),
    "Float": (_BUILTIN, "float"),
    "Int": (_BUILTIN, "int"),
    "PendingNodeInvocation": ("orchestrator.definitions.composition", "NodeCall"),
    "PythonObjectDagsterType": (_NATIVE, "PythonObjectType"),
    "String": (_BUILTIN, "str"),
    "check_dagster_type": (_NATIVE, "check_runtime_type"),
    "dagster_type_loader": (_NATIVE, "runtime_type_loader"),
    "make_python_type_usable_as_dagster_type": (_NATIVE, "make_python_type_usable_as_runtime_type"),
    "usable_as_dagster_type": (_NATIVE, "usable_as_runtime_type"),
}

#: Module of Dagster that is not public -> the module with what people import from it, besides public names.
PRIVATE_MODULES = {
    "dagster._check": "orchestrator.compat.check",
    "dagster._config.pythonic_config": "orchestrator.definitions.configurable_resource",
    "dagster._core.test_utils": "orchestrator.compat.test_utils",
    "dagster._utils": "orchestrator.compat.test_utils",
    "dagster._core.instance_for_test": "orchestrator.compat.test_utils",
}


class UnservedNameError(ImportError):
    """A name or module of Dagster that orch does not serve."""


def served_names() -> set[str]:
    """Every public name that is served."""
    public = read_inventory().names
    return {*ERRORS, *SPELLINGS, *public.keys() & set(dir(orchestrator))}


def find(name: str, module: str) -> tuple[bool, Any]:
    """Whether a name is served, and its value.

    Args:
        name: the name.
        module: the module of Dagster that is asked; those that are not public hold more than the package does.
    """
    if name in SPELLINGS:
        home, attribute = SPELLINGS[name]
        return True, getattr(importlib.import_module(home), attribute)
    if name in ERRORS:
        return True, ERRORS[name]
    if name in dir(orchestrator) and name in read_inventory().names:
        return True, getattr(orchestrator, name)
    if module != "dagster":
        return find_private(name, module)
    return False, None


def find_private(name: str, module: str) -> tuple[bool, Any]:
    """Whether a module of Dagster that is not public holds a name that is served, and its value."""
    if name in MORE_ERRORS:
        return True, MORE_ERRORS[name]
    home = PRIVATE_MODULES.get(module)
    found = None if home is None else importlib.import_module(home)
    if name.startswith("_") or not hasattr(found, name):
        return False, None
    return True, getattr(found, name)


def explain(name: str, module: str) -> str:
    """Why a name is not served, and the nearest that is."""
    hint = did_you_mean(name, served_names())
    tail = f"; {hint}" if hint else ""
    if name in NOT_PLANNED:
        return f"orch does not serve `{name}` of Dagster: {NOT_PLANNED[name]}"
    if name in read_inventory().names:
        topic = f": {LATER[name]} come later" if name in LATER else ""
        return f"orch does not serve `{name}` of Dagster yet{topic}{tail}"
    return f"module `{module}` has no attribute `{name}`, neither in Dagster {read_inventory().version} nor here{tail}"
