"""A CLI-first orchestrator for data assets: `import orchestrator as dg`.

Importing this package loads nothing else: every public name is fetched from its module when it is first used. The table
below and the imports for type checkers say the same; a test compares them.
"""

import sys
from types import ModuleType
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

if TYPE_CHECKING:
    from orchestrator.definitions.assets import AssetsDefinition as AssetsDefinition
    from orchestrator.definitions.collection import (
        Definitions as Definitions,
    )
    from orchestrator.definitions.collection import (
        definitions as definitions,
    )
    from orchestrator.definitions.decorators import (
        asset as asset,
    )
    from orchestrator.definitions.decorators import (
        multi_asset as multi_asset,
    )
    from orchestrator.definitions.hooks import (
        HookDefinition as HookDefinition,
    )
    from orchestrator.definitions.hooks import (
        HookExecutionResult as HookExecutionResult,
    )
    from orchestrator.definitions.hooks import (
        failure_hook as failure_hook,
    )
    from orchestrator.definitions.hooks import (
        success_hook as success_hook,
    )
    from orchestrator.definitions.io import (
        InputManager as InputManager,
    )
    from orchestrator.definitions.io import (
        IOManager as IOManager,
    )
    from orchestrator.definitions.io_contexts import (
        InputContext as InputContext,
    )
    from orchestrator.definitions.io_contexts import (
        OutputContext as OutputContext,
    )
    from orchestrator.definitions.jobs import (
        ExecutorDefinition as ExecutorDefinition,
    )
    from orchestrator.definitions.jobs import (
        define_asset_job as define_asset_job,
    )
    from orchestrator.definitions.jobs import (
        in_process_executor as in_process_executor,
    )
    from orchestrator.definitions.keys import AssetKey as AssetKey
    from orchestrator.definitions.loading import (
        load_assets_from_current_module as load_assets_from_current_module,
    )
    from orchestrator.definitions.loading import (
        load_assets_from_modules as load_assets_from_modules,
    )
    from orchestrator.definitions.loading import (
        load_assets_from_package_module as load_assets_from_package_module,
    )
    from orchestrator.definitions.loading import (
        load_assets_from_package_name as load_assets_from_package_name,
    )
    from orchestrator.definitions.loading import (
        load_definitions_from_current_module as load_definitions_from_current_module,
    )
    from orchestrator.definitions.loading import (
        load_definitions_from_module as load_definitions_from_module,
    )
    from orchestrator.definitions.loading import (
        load_definitions_from_modules as load_definitions_from_modules,
    )
    from orchestrator.definitions.loading import (
        load_definitions_from_package_module as load_definitions_from_package_module,
    )
    from orchestrator.definitions.loading import (
        load_definitions_from_package_name as load_definitions_from_package_name,
    )
    from orchestrator.definitions.loading import (
        map_asset_specs as map_asset_specs,
    )
    from orchestrator.definitions.loggers import (
        InitLoggerContext as InitLoggerContext,
    )
    from orchestrator.definitions.loggers import (
        LoggerDefinition as LoggerDefinition,
    )
    from orchestrator.definitions.loggers import (
        build_init_logger_context as build_init_logger_context,
    )
    from orchestrator.definitions.loggers import (
        logger as logger,
    )
    from orchestrator.definitions.metadata import (
        AssetMetadataValue as AssetMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        BoolMetadataValue as BoolMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        FloatMetadataValue as FloatMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        IntMetadataValue as IntMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        JobMetadataValue as JobMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        JsonMetadataValue as JsonMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        MarkdownMetadataValue as MarkdownMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        MetadataValue as MetadataValue,
    )
    from orchestrator.definitions.metadata import (
        NotebookMetadataValue as NotebookMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        NullMetadataValue as NullMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        PathMetadataValue as PathMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        PythonArtifactMetadataValue as PythonArtifactMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        RunMetadataValue as RunMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        TableColumnLineageMetadataValue as TableColumnLineageMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        TableMetadataValue as TableMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        TableSchemaMetadataValue as TableSchemaMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        TextMetadataValue as TextMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        TimestampMetadataValue as TimestampMetadataValue,
    )
    from orchestrator.definitions.metadata import (
        UrlMetadataValue as UrlMetadataValue,
    )
    from orchestrator.definitions.resources import ResourceParam as ResourceParam
    from orchestrator.definitions.results import (
        AssetMaterialization as AssetMaterialization,
    )
    from orchestrator.definitions.results import (
        AssetObservation as AssetObservation,
    )
    from orchestrator.definitions.results import (
        DataProvenance as DataProvenance,
    )
    from orchestrator.definitions.results import (
        DataVersion as DataVersion,
    )
    from orchestrator.definitions.results import (
        DynamicOutput as DynamicOutput,
    )
    from orchestrator.definitions.results import (
        ExpectationResult as ExpectationResult,
    )
    from orchestrator.definitions.results import (
        MaterializeResult as MaterializeResult,
    )
    from orchestrator.definitions.results import (
        ObserveResult as ObserveResult,
    )
    from orchestrator.definitions.results import (
        Output as Output,
    )
    from orchestrator.definitions.retries import (
        Backoff as Backoff,
    )
    from orchestrator.definitions.retries import (
        Failure as Failure,
    )
    from orchestrator.definitions.retries import (
        Jitter as Jitter,
    )
    from orchestrator.definitions.retries import (
        RetryPolicy as RetryPolicy,
    )
    from orchestrator.definitions.retries import (
        RetryRequested as RetryRequested,
    )
    from orchestrator.definitions.specs import (
        AssetDep as AssetDep,
    )
    from orchestrator.definitions.specs import (
        AssetIn as AssetIn,
    )
    from orchestrator.definitions.specs import (
        AssetOut as AssetOut,
    )
    from orchestrator.definitions.specs import (
        AssetSpec as AssetSpec,
    )
    from orchestrator.definitions.tables import (
        TableColumn as TableColumn,
    )
    from orchestrator.definitions.tables import (
        TableColumnConstraints as TableColumnConstraints,
    )
    from orchestrator.definitions.tables import (
        TableColumnDep as TableColumnDep,
    )
    from orchestrator.definitions.tables import (
        TableColumnLineage as TableColumnLineage,
    )
    from orchestrator.definitions.tables import (
        TableConstraints as TableConstraints,
    )
    from orchestrator.definitions.tables import (
        TableRecord as TableRecord,
    )
    from orchestrator.definitions.tables import (
        TableSchema as TableSchema,
    )
    from orchestrator.definitions.types import (
        Nothing as Nothing,
    )
    from orchestrator.definitions.types import (
        PythonObjectType as PythonObjectType,
    )
    from orchestrator.definitions.types import (
        RuntimeType as RuntimeType,
    )
    from orchestrator.definitions.types import (
        TypeCheck as TypeCheck,
    )
    from orchestrator.definitions.types import (
        check_runtime_type as check_runtime_type,
    )
    from orchestrator.definitions.types import (
        make_python_type_usable_as_runtime_type as make_python_type_usable_as_runtime_type,
    )
    from orchestrator.definitions.types import (
        usable_as_runtime_type as usable_as_runtime_type,
    )
    from orchestrator.errors import (
        CycleError as CycleError,
    )
    from orchestrator.errors import (
        DefinitionError as DefinitionError,
    )
    from orchestrator.errors import (
        DuplicateDefinitionError as DuplicateDefinitionError,
    )
    from orchestrator.errors import (
        ExecutionError as ExecutionError,
    )
    from orchestrator.errors import (
        LoadError as LoadError,
    )
    from orchestrator.errors import (
        MissingResourceError as MissingResourceError,
    )
    from orchestrator.errors import (
        NoTargetError as NoTargetError,
    )
    from orchestrator.errors import (
        NoValueError as NoValueError,
    )
    from orchestrator.errors import (
        OrchestratorError as OrchestratorError,
    )
    from orchestrator.errors import (
        PlanError as PlanError,
    )
    from orchestrator.errors import (
        SelectionError as SelectionError,
    )
    from orchestrator.errors import (
        SettingsError as SettingsError,
    )
    from orchestrator.errors import (
        StoreError as StoreError,
    )
    from orchestrator.errors import (
        UnknownNameError as UnknownNameError,
    )
    from orchestrator.errors import (
        UnresolvedInputError as UnresolvedInputError,
    )
    from orchestrator.errors import (
        UnsupportedParameterError as UnsupportedParameterError,
    )
    from orchestrator.errors import (
        UsageError as UsageError,
    )
    from orchestrator.execution.captured_logging import (
        get_logger as get_logger,
    )
    from orchestrator.execution.console_loggers import (
        colored_console_logger as colored_console_logger,
    )
    from orchestrator.execution.console_loggers import (
        default_loggers as default_loggers,
    )
    from orchestrator.execution.console_loggers import (
        json_console_logger as json_console_logger,
    )
    from orchestrator.execution.contexts import AssetExecutionContext as AssetExecutionContext
    from orchestrator.execution.hook_context import (
        HookContext as HookContext,
    )
    from orchestrator.execution.hook_context import (
        build_hook_context as build_hook_context,
    )
    from orchestrator.graph.selection import AssetSelection as AssetSelection
    from orchestrator.in_process import (
        ExecuteInProcessResult as ExecuteInProcessResult,
    )
    from orchestrator.in_process import (
        materialize as materialize,
    )
    from orchestrator.in_process import (
        materialize_to_memory as materialize_to_memory,
    )
    from orchestrator.instance import Instance as Instance
    from orchestrator.io_managers.filesystem import (
        FilesystemIOManager as FilesystemIOManager,
    )
    from orchestrator.io_managers.filesystem import (
        fs_io_manager as fs_io_manager,
    )
    from orchestrator.io_managers.memory import (
        InMemoryIOManager as InMemoryIOManager,
    )
    from orchestrator.io_managers.memory import (
        mem_io_manager as mem_io_manager,
    )

#: Module -> the public names it holds.
_PUBLIC = {
    "orchestrator.definitions.assets": ("AssetsDefinition",),
    "orchestrator.definitions.collection": (
        "Definitions",
        "definitions",
    ),
    "orchestrator.definitions.decorators": (
        "asset",
        "multi_asset",
    ),
    "orchestrator.definitions.hooks": (
        "HookDefinition",
        "HookExecutionResult",
        "failure_hook",
        "success_hook",
    ),
    "orchestrator.definitions.io": (
        "IOManager",
        "InputManager",
    ),
    "orchestrator.definitions.io_contexts": (
        "InputContext",
        "OutputContext",
    ),
    "orchestrator.definitions.jobs": (
        "ExecutorDefinition",
        "define_asset_job",
        "in_process_executor",
    ),
    "orchestrator.definitions.keys": ("AssetKey",),
    "orchestrator.definitions.loading": (
        "load_assets_from_current_module",
        "load_assets_from_modules",
        "load_assets_from_package_module",
        "load_assets_from_package_name",
        "load_definitions_from_current_module",
        "load_definitions_from_module",
        "load_definitions_from_modules",
        "load_definitions_from_package_module",
        "load_definitions_from_package_name",
        "map_asset_specs",
    ),
    "orchestrator.definitions.loggers": (
        "InitLoggerContext",
        "LoggerDefinition",
        "build_init_logger_context",
        "logger",
    ),
    "orchestrator.definitions.metadata": (
        "AssetMetadataValue",
        "BoolMetadataValue",
        "FloatMetadataValue",
        "IntMetadataValue",
        "JobMetadataValue",
        "JsonMetadataValue",
        "MarkdownMetadataValue",
        "MetadataValue",
        "NotebookMetadataValue",
        "NullMetadataValue",
        "PathMetadataValue",
        "PythonArtifactMetadataValue",
        "RunMetadataValue",
        "TableColumnLineageMetadataValue",
        "TableMetadataValue",
        "TableSchemaMetadataValue",
        "TextMetadataValue",
        "TimestampMetadataValue",
        "UrlMetadataValue",
    ),
    "orchestrator.definitions.resources": ("ResourceParam",),
    "orchestrator.definitions.results": (
        "AssetMaterialization",
        "AssetObservation",
        "DataProvenance",
        "DataVersion",
        "DynamicOutput",
        "ExpectationResult",
        "MaterializeResult",
        "ObserveResult",
        "Output",
    ),
    "orchestrator.definitions.retries": (
        "Backoff",
        "Failure",
        "Jitter",
        "RetryPolicy",
        "RetryRequested",
    ),
    "orchestrator.definitions.specs": (
        "AssetDep",
        "AssetIn",
        "AssetOut",
        "AssetSpec",
    ),
    "orchestrator.definitions.tables": (
        "TableColumn",
        "TableColumnConstraints",
        "TableColumnDep",
        "TableColumnLineage",
        "TableConstraints",
        "TableRecord",
        "TableSchema",
    ),
    "orchestrator.definitions.types": (
        "Nothing",
        "PythonObjectType",
        "RuntimeType",
        "TypeCheck",
        "check_runtime_type",
        "make_python_type_usable_as_runtime_type",
        "usable_as_runtime_type",
    ),
    "orchestrator.errors": (
        "CycleError",
        "DefinitionError",
        "DuplicateDefinitionError",
        "ExecutionError",
        "LoadError",
        "MissingResourceError",
        "NoTargetError",
        "NoValueError",
        "OrchestratorError",
        "PlanError",
        "SelectionError",
        "SettingsError",
        "StoreError",
        "UnknownNameError",
        "UnresolvedInputError",
        "UnsupportedParameterError",
        "UsageError",
    ),
    "orchestrator.execution.captured_logging": ("get_logger",),
    "orchestrator.execution.console_loggers": (
        "colored_console_logger",
        "default_loggers",
        "json_console_logger",
    ),
    "orchestrator.execution.contexts": ("AssetExecutionContext",),
    "orchestrator.execution.hook_context": (
        "HookContext",
        "build_hook_context",
    ),
    "orchestrator.graph.selection": ("AssetSelection",),
    "orchestrator.in_process": (
        "ExecuteInProcessResult",
        "materialize",
        "materialize_to_memory",
    ),
    "orchestrator.instance": ("Instance",),
    "orchestrator.io_managers.filesystem": (
        "FilesystemIOManager",
        "fs_io_manager",
    ),
    "orchestrator.io_managers.memory": (
        "InMemoryIOManager",
        "mem_io_manager",
    ),
}
_MODULES = {name: module for module, names in _PUBLIC.items() for name in names}

__all__ = ["__version__", *sorted(_MODULES)]  # noqa: PLE0604  the names are strings


def __getattr__(name: str) -> Any:
    module = _MODULES.get(name)
    if module is None:
        hint = ""
        if not name.startswith("_"):
            import difflib  # noqa: PLC0415  only on the way to an error

            near = difflib.get_close_matches(name, _MODULES, n=1, cutoff=0.75)
            hint = f"; did you mean {near[0]}?" if near else ""
        raise AttributeError(f"module 'orchestrator' has no attribute {name!r}{hint}")
    import importlib  # noqa: PLC0415  loaded by Python itself at start

    value = getattr(importlib.import_module(module), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return __all__


class _Package(ModuleType):
    """This module. Python binds an imported subpackage here; a public name of the same spelling wins over it."""

    def __setattr__(self, name: str, value: Any) -> None:
        if not (name in _MODULES and isinstance(value, ModuleType)):
            super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
