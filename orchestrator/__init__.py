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
    from orchestrator.definitions.code_references import LocalFileCodeReference as LocalFileCodeReference
    from orchestrator.definitions.code_references import UrlCodeReference as UrlCodeReference
    from orchestrator.definitions.collection import Definitions as Definitions
    from orchestrator.definitions.collection import definitions as definitions
    from orchestrator.definitions.config import Config as Config
    from orchestrator.definitions.config import PermissiveConfig as PermissiveConfig
    from orchestrator.definitions.decorators import asset as asset
    from orchestrator.definitions.decorators import multi_asset as multi_asset
    from orchestrator.definitions.dependencies import DependencyDefinition as DependencyDefinition
    from orchestrator.definitions.dependencies import DynamicCollectDependencyDefinition as DynamicCollectDependencyDefinition
    from orchestrator.definitions.dependencies import InputMapping as InputMapping
    from orchestrator.definitions.dependencies import MultiDependencyDefinition as MultiDependencyDefinition
    from orchestrator.definitions.dependencies import NodeInvocation as NodeInvocation
    from orchestrator.definitions.dependencies import OutputMapping as OutputMapping
    from orchestrator.definitions.env import EnvVar as EnvVar
    from orchestrator.definitions.graph_assets import graph_asset as graph_asset
    from orchestrator.definitions.graph_assets import graph_multi_asset as graph_multi_asset
    from orchestrator.definitions.graphs import graph as graph
    from orchestrator.definitions.graphs import GraphDefinition as GraphDefinition
    from orchestrator.definitions.graphs import GraphIn as GraphIn
    from orchestrator.definitions.graphs import GraphOut as GraphOut
    from orchestrator.definitions.hooks import failure_hook as failure_hook
    from orchestrator.definitions.hooks import HookDefinition as HookDefinition
    from orchestrator.definitions.hooks import HookExecutionResult as HookExecutionResult
    from orchestrator.definitions.hooks import success_hook as success_hook
    from orchestrator.definitions.io import InputManager as InputManager
    from orchestrator.definitions.io import IOManager as IOManager
    from orchestrator.definitions.io_contexts import InputContext as InputContext
    from orchestrator.definitions.io_contexts import OutputContext as OutputContext
    from orchestrator.definitions.jobs import AssetJob as AssetJob
    from orchestrator.definitions.jobs import define_asset_job as define_asset_job
    from orchestrator.definitions.jobs import ExecutorDefinition as ExecutorDefinition
    from orchestrator.definitions.jobs import in_process_executor as in_process_executor
    from orchestrator.definitions.jobs import job as job
    from orchestrator.definitions.jobs import JobDefinition as JobDefinition
    from orchestrator.definitions.keys import AssetKey as AssetKey
    from orchestrator.definitions.loading import load_assets_from_current_module as load_assets_from_current_module
    from orchestrator.definitions.loading import load_assets_from_modules as load_assets_from_modules
    from orchestrator.definitions.loading import load_assets_from_package_module as load_assets_from_package_module
    from orchestrator.definitions.loading import load_assets_from_package_name as load_assets_from_package_name
    from orchestrator.definitions.loading import load_definitions_from_current_module as load_definitions_from_current_module
    from orchestrator.definitions.loading import load_definitions_from_module as load_definitions_from_module
    from orchestrator.definitions.loading import load_definitions_from_modules as load_definitions_from_modules
    from orchestrator.definitions.loading import load_definitions_from_package_module as load_definitions_from_package_module
    from orchestrator.definitions.loading import load_definitions_from_package_name as load_definitions_from_package_name
    from orchestrator.definitions.loading import map_asset_specs as map_asset_specs
    from orchestrator.definitions.loggers import build_init_logger_context as build_init_logger_context
    from orchestrator.definitions.loggers import InitLoggerContext as InitLoggerContext
    from orchestrator.definitions.loggers import logger as logger
    from orchestrator.definitions.loggers import LoggerDefinition as LoggerDefinition
    from orchestrator.definitions.metadata import AssetMetadataValue as AssetMetadataValue
    from orchestrator.definitions.metadata import BoolMetadataValue as BoolMetadataValue
    from orchestrator.definitions.metadata import FloatMetadataValue as FloatMetadataValue
    from orchestrator.definitions.metadata import IntMetadataValue as IntMetadataValue
    from orchestrator.definitions.metadata import JobMetadataValue as JobMetadataValue
    from orchestrator.definitions.metadata import JsonMetadataValue as JsonMetadataValue
    from orchestrator.definitions.metadata import MarkdownMetadataValue as MarkdownMetadataValue
    from orchestrator.definitions.metadata import MetadataValue as MetadataValue
    from orchestrator.definitions.metadata import NotebookMetadataValue as NotebookMetadataValue
    from orchestrator.definitions.metadata import NullMetadataValue as NullMetadataValue
    from orchestrator.definitions.metadata import PathMetadataValue as PathMetadataValue
    from orchestrator.definitions.metadata import PythonArtifactMetadataValue as PythonArtifactMetadataValue
    from orchestrator.definitions.metadata import RunMetadataValue as RunMetadataValue
    from orchestrator.definitions.metadata import TableColumnLineageMetadataValue as TableColumnLineageMetadataValue
    from orchestrator.definitions.metadata import TableMetadataValue as TableMetadataValue
    from orchestrator.definitions.metadata import TableSchemaMetadataValue as TableSchemaMetadataValue
    from orchestrator.definitions.metadata import TextMetadataValue as TextMetadataValue
    from orchestrator.definitions.metadata import TimestampMetadataValue as TimestampMetadataValue
    from orchestrator.definitions.metadata import UrlMetadataValue as UrlMetadataValue
    from orchestrator.definitions.metadata_values import AssetMetadataValue as AssetMetadataValue
    from orchestrator.definitions.metadata_values import BoolMetadataValue as BoolMetadataValue
    from orchestrator.definitions.metadata_values import CodeReferencesMetadataValue as CodeReferencesMetadataValue
    from orchestrator.definitions.metadata_values import FloatMetadataValue as FloatMetadataValue
    from orchestrator.definitions.metadata_values import IntMetadataValue as IntMetadataValue
    from orchestrator.definitions.metadata_values import JobMetadataValue as JobMetadataValue
    from orchestrator.definitions.metadata_values import JsonMetadataValue as JsonMetadataValue
    from orchestrator.definitions.metadata_values import MarkdownMetadataValue as MarkdownMetadataValue
    from orchestrator.definitions.metadata_values import MetadataValue as MetadataValue
    from orchestrator.definitions.metadata_values import NotebookMetadataValue as NotebookMetadataValue
    from orchestrator.definitions.metadata_values import NullMetadataValue as NullMetadataValue
    from orchestrator.definitions.metadata_values import PathMetadataValue as PathMetadataValue
    from orchestrator.definitions.metadata_values import PoolMetadataValue as PoolMetadataValue
    from orchestrator.definitions.metadata_values import PythonArtifactMetadataValue as PythonArtifactMetadataValue
    from orchestrator.definitions.metadata_values import RunMetadataValue as RunMetadataValue
    from orchestrator.definitions.metadata_values import TableColumnLineageMetadataValue as TableColumnLineageMetadataValue
    from orchestrator.definitions.metadata_values import TableMetadataValue as TableMetadataValue
    from orchestrator.definitions.metadata_values import TableSchemaMetadataValue as TableSchemaMetadataValue
    from orchestrator.definitions.metadata_values import TextMetadataValue as TextMetadataValue
    from orchestrator.definitions.metadata_values import TimestampMetadataValue as TimestampMetadataValue
    from orchestrator.definitions.metadata_values import UrlMetadataValue as UrlMetadataValue
    from orchestrator.definitions.ops import DynamicOut as DynamicOut
    from orchestrator.definitions.ops import In as In
    from orchestrator.definitions.ops import op as op
    from orchestrator.definitions.ops import OpDefinition as OpDefinition
    from orchestrator.definitions.ops import Out as Out
    from orchestrator.definitions.resources import ResourceParam as ResourceParam
    from orchestrator.definitions.results import AssetMaterialization as AssetMaterialization
    from orchestrator.definitions.results import AssetObservation as AssetObservation
    from orchestrator.definitions.results import DataProvenance as DataProvenance
    from orchestrator.definitions.results import DataVersion as DataVersion
    from orchestrator.definitions.results import DynamicOutput as DynamicOutput
    from orchestrator.definitions.results import ExpectationResult as ExpectationResult
    from orchestrator.definitions.results import MaterializeResult as MaterializeResult
    from orchestrator.definitions.results import ObserveResult as ObserveResult
    from orchestrator.definitions.results import Output as Output
    from orchestrator.definitions.retries import Backoff as Backoff
    from orchestrator.definitions.retries import Failure as Failure
    from orchestrator.definitions.retries import Jitter as Jitter
    from orchestrator.definitions.retries import RetryPolicy as RetryPolicy
    from orchestrator.definitions.retries import RetryRequested as RetryRequested
    from orchestrator.definitions.source_links import AnchorBasedFilePathMapping as AnchorBasedFilePathMapping
    from orchestrator.definitions.source_links import FilePathMapping as FilePathMapping
    from orchestrator.definitions.source_links import link_code_references_to_git as link_code_references_to_git
    from orchestrator.definitions.source_links import with_source_code_references as with_source_code_references
    from orchestrator.definitions.specs import AssetDep as AssetDep
    from orchestrator.definitions.specs import AssetIn as AssetIn
    from orchestrator.definitions.specs import AssetOut as AssetOut
    from orchestrator.definitions.specs import AssetSpec as AssetSpec
    from orchestrator.definitions.tables import TableColumn as TableColumn
    from orchestrator.definitions.tables import TableColumnConstraints as TableColumnConstraints
    from orchestrator.definitions.tables import TableColumnDep as TableColumnDep
    from orchestrator.definitions.tables import TableColumnLineage as TableColumnLineage
    from orchestrator.definitions.tables import TableConstraints as TableConstraints
    from orchestrator.definitions.tables import TableRecord as TableRecord
    from orchestrator.definitions.tables import TableSchema as TableSchema
    from orchestrator.definitions.types import check_runtime_type as check_runtime_type
    from orchestrator.definitions.types import make_python_type_usable_as_runtime_type as make_python_type_usable_as_runtime_type
    from orchestrator.definitions.runtime_types import Nothing as Nothing
    from orchestrator.definitions.runtime_types import PythonObjectType as PythonObjectType
    from orchestrator.definitions.runtime_types import RuntimeType as RuntimeType
    from orchestrator.definitions.runtime_types import RuntimeTypeLoader as RuntimeTypeLoader
    from orchestrator.definitions.runtime_types import runtime_type_loader as runtime_type_loader
    from orchestrator.definitions.runtime_types import TypeCheck as TypeCheck
    from orchestrator.definitions.types import usable_as_runtime_type as usable_as_runtime_type
    from orchestrator.errors import ConfigDefinitionError as ConfigDefinitionError
    from orchestrator.errors import ConfigError as ConfigError
    from orchestrator.errors import ConfigMappingError as ConfigMappingError
    from orchestrator.errors import ContextError as ContextError
    from orchestrator.errors import CycleError as CycleError
    from orchestrator.errors import DefinitionError as DefinitionError
    from orchestrator.errors import DuplicateDefinitionError as DuplicateDefinitionError
    from orchestrator.errors import ExecutionError as ExecutionError
    from orchestrator.errors import HandleOutputError as HandleOutputError
    from orchestrator.errors import HookError as HookError
    from orchestrator.errors import InvariantError as InvariantError
    from orchestrator.errors import InvocationError as InvocationError
    from orchestrator.errors import LoadError as LoadError
    from orchestrator.errors import LoadInputError as LoadInputError
    from orchestrator.errors import MetadataError as MetadataError
    from orchestrator.errors import MissingOutputError as MissingOutputError
    from orchestrator.errors import MissingResourceError as MissingResourceError
    from orchestrator.errors import NoTargetError as NoTargetError
    from orchestrator.errors import NoValueError as NoValueError
    from orchestrator.errors import OrchestratorError as OrchestratorError
    from orchestrator.errors import PlanError as PlanError
    from orchestrator.errors import ResourceError as ResourceError
    from orchestrator.errors import SelectionError as SelectionError
    from orchestrator.errors import SettingsError as SettingsError
    from orchestrator.errors import StepExecutionError as StepExecutionError
    from orchestrator.errors import StoredValueError as StoredValueError
    from orchestrator.errors import StoreError as StoreError
    from orchestrator.errors import TypeCheckError as TypeCheckError
    from orchestrator.errors import TypeCheckFunctionError as TypeCheckFunctionError
    from orchestrator.errors import UnknownNameError as UnknownNameError
    from orchestrator.errors import UnknownResourceError as UnknownResourceError
    from orchestrator.errors import UnresolvedInputError as UnresolvedInputError
    from orchestrator.errors import UnsupportedParameterError as UnsupportedParameterError
    from orchestrator.errors import UsageError as UsageError
    from orchestrator.errors import UserCodeError as UserCodeError
    from orchestrator.execution.build_contexts import build_asset_context as build_asset_context
    from orchestrator.execution.build_contexts import build_op_context as build_op_context
    from orchestrator.execution.console_loggers import colored_console_logger as colored_console_logger
    from orchestrator.execution.console_loggers import default_loggers as default_loggers
    from orchestrator.execution.console_loggers import JsonLogFormatter as JsonLogFormatter
    from orchestrator.execution.console_loggers import json_console_logger as json_console_logger
    from orchestrator.execution.contexts import AssetExecutionContext as AssetExecutionContext
    from orchestrator.execution.contexts import OpExecutionContext as OpExecutionContext
    from orchestrator.execution.hook_context import build_hook_context as build_hook_context
    from orchestrator.execution.hook_context import HookContext as HookContext
    from orchestrator.graph.selection import AssetSelection as AssetSelection
    from orchestrator.in_process import ExecuteInProcessResult as ExecuteInProcessResult
    from orchestrator.in_process import materialize as materialize
    from orchestrator.in_process import materialize_to_memory as materialize_to_memory
    from orchestrator.instance import Instance as Instance
    from orchestrator.io_managers.duckdb import DuckDBIOManager as DuckDBIOManager
    from orchestrator.io_managers.filesystem import FilesystemIOManager as FilesystemIOManager
    from orchestrator.io_managers.filesystem import fs_io_manager as fs_io_manager
    from orchestrator.io_managers.memory import InMemoryIOManager as InMemoryIOManager
    from orchestrator.io_managers.memory import mem_io_manager as mem_io_manager
    from orchestrator.io_managers.parquet import ParquetIOManager as ParquetIOManager
    from orchestrator.io_managers.upath import UPathIOManager as UPathIOManager
    from orchestrator.runs.event_log import EventLogEntry as EventLogEntry
    from orchestrator.runs.event_log import EventLogRecord as EventLogRecord
    from orchestrator.runs.event_log import EventRecordsResult as EventRecordsResult
    from orchestrator.runs.event_type import EventType as EventType
    from orchestrator.runs.event_view import EventView as EventView
    from orchestrator.runs.filters import AssetRecordsFilter as AssetRecordsFilter
    from orchestrator.runs.filters import EventRecordsFilter as EventRecordsFilter
    from orchestrator.runs.filters import RunsFilter as RunsFilter
    from orchestrator.runs.filters import RunStatusChangeRecordsFilter as RunStatusChangeRecordsFilter
    from orchestrator.runs.records import Run as Run
    from orchestrator.runs.records import RunStatus as RunStatus

#: Module -> the public names it holds.
_PUBLIC = {
    "orchestrator.definitions.assets": ("AssetsDefinition",),
    "orchestrator.definitions.code_references": (
        "LocalFileCodeReference",
        "UrlCodeReference",
    ),
    "orchestrator.definitions.collection": (
        "Definitions",
        "definitions",
    ),
    "orchestrator.definitions.config": (
        "Config",
        "PermissiveConfig",
    ),
    "orchestrator.definitions.decorators": (
        "asset",
        "multi_asset",
    ),
    "orchestrator.definitions.dependencies": (
        "DependencyDefinition",
        "DynamicCollectDependencyDefinition",
        "InputMapping",
        "MultiDependencyDefinition",
        "NodeInvocation",
        "OutputMapping",
    ),
    "orchestrator.definitions.env": ("EnvVar",),
    "orchestrator.definitions.graph_assets": (
        "graph_asset",
        "graph_multi_asset",
    ),
    "orchestrator.definitions.graphs": (
        "GraphDefinition",
        "GraphIn",
        "GraphOut",
        "graph",
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
        "AssetJob",
        "ExecutorDefinition",
        "JobDefinition",
        "define_asset_job",
        "in_process_executor",
        "job",
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
    "orchestrator.definitions.metadata_values": (
        "AssetMetadataValue",
        "BoolMetadataValue",
        "CodeReferencesMetadataValue",
        "FloatMetadataValue",
        "IntMetadataValue",
        "JobMetadataValue",
        "JsonMetadataValue",
        "MarkdownMetadataValue",
        "MetadataValue",
        "NotebookMetadataValue",
        "NullMetadataValue",
        "PathMetadataValue",
        "PoolMetadataValue",
        "PythonArtifactMetadataValue",
        "RunMetadataValue",
        "TableColumnLineageMetadataValue",
        "TableMetadataValue",
        "TableSchemaMetadataValue",
        "TextMetadataValue",
        "TimestampMetadataValue",
        "UrlMetadataValue",
    ),
    "orchestrator.definitions.ops": (
        "DynamicOut",
        "In",
        "OpDefinition",
        "Out",
        "op",
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
    "orchestrator.definitions.source_links": (
        "AnchorBasedFilePathMapping",
        "FilePathMapping",
        "link_code_references_to_git",
        "with_source_code_references",
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
    "orchestrator.definitions.runtime_types": (
        "Nothing",
        "PythonObjectType",
        "RuntimeType",
        "RuntimeTypeLoader",
        "TypeCheck",
        "runtime_type_loader",
    ),
    "orchestrator.definitions.types": (
        "check_runtime_type",
        "make_python_type_usable_as_runtime_type",
        "usable_as_runtime_type",
    ),
    "orchestrator.errors": (
        "ConfigDefinitionError",
        "ConfigError",
        "ConfigMappingError",
        "ContextError",
        "CycleError",
        "DefinitionError",
        "DuplicateDefinitionError",
        "ExecutionError",
        "HandleOutputError",
        "HookError",
        "InvariantError",
        "InvocationError",
        "LoadError",
        "LoadInputError",
        "MetadataError",
        "MissingOutputError",
        "MissingResourceError",
        "NoTargetError",
        "NoValueError",
        "OrchestratorError",
        "PlanError",
        "ResourceError",
        "SelectionError",
        "SettingsError",
        "StepExecutionError",
        "StoreError",
        "StoredValueError",
        "TypeCheckError",
        "TypeCheckFunctionError",
        "UnknownNameError",
        "UnknownResourceError",
        "UnresolvedInputError",
        "UnsupportedParameterError",
        "UsageError",
        "UserCodeError",
    ),
    "orchestrator.execution.build_contexts": (
        "build_asset_context",
        "build_op_context",
    ),
    "orchestrator.execution.console_loggers": (
        "JsonLogFormatter",
        "colored_console_logger",
        "default_loggers",
        "json_console_logger",
    ),
    "orchestrator.execution.contexts": (
        "AssetExecutionContext",
        "OpExecutionContext",
    ),
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
    "orchestrator.io_managers.duckdb": ("DuckDBIOManager",),
    "orchestrator.io_managers.filesystem": (
        "FilesystemIOManager",
        "fs_io_manager",
    ),
    "orchestrator.io_managers.memory": (
        "InMemoryIOManager",
        "mem_io_manager",
    ),
    "orchestrator.io_managers.parquet": ("ParquetIOManager",),
    "orchestrator.io_managers.upath": ("UPathIOManager",),
    "orchestrator.runs.event_log": (
        "EventLogEntry",
        "EventLogRecord",
        "EventRecordsResult",
    ),
    "orchestrator.runs.event_type": ("EventType",),
    "orchestrator.runs.event_view": ("EventView",),
    "orchestrator.runs.filters": (
        "AssetRecordsFilter",
        "EventRecordsFilter",
        "RunStatusChangeRecordsFilter",
        "RunsFilter",
    ),
    "orchestrator.runs.records": (
        "Run",
        "RunStatus",
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
