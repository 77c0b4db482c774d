"""A CLI-first orchestrator for data assets: `import orchestrator as dg`.

Importing this package loads nothing else: every public name is fetched from its module when it is first used. The table
below and the stub for type checkers beside this file say the same; a test compares them.
"""

import sys
from types import ModuleType
from typing import Any

__version__ = "0.1.0"

#: Module -> the public names it holds.
_PUBLIC = {
    "orchestrator.definitions.asset_jobs": (
        "AssetJob",
        "define_asset_job",
    ),
    "orchestrator.definitions.asset_sensors": (
        "AssetSensorDefinition",
        "MultiAssetSensorDefinition",
        "asset_sensor",
        "multi_asset_sensor",
    ),
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
    "orchestrator.definitions.config_mapping": (
        "ConfigMapping",
        "config_mapping",
        "configured",
    ),
    "orchestrator.definitions.config_scalars": (
        "BoolSource",
        "Enum",
        "EnumValue",
        "IntSource",
        "StringSource",
    ),
    "orchestrator.definitions.config_types": (
        "Array",
        "Field",
        "Map",
        "Noneable",
        "Permissive",
        "ScalarUnion",
        "Selector",
        "Shape",
    ),
    "orchestrator.definitions.configurable_resource": (
        "ConfigurableIOManager",
        "ConfigurableIOManagerFactory",
        "ConfigurableResource",
        "ConfigurableResourceFactory",
        "ResourceDependency",
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
    "orchestrator.definitions.executors": (
        "ExecutorDefinition",
        "dask_executor",
        "in_process_executor",
        "multi_or_in_process_executor",
        "multiprocess_executor",
    ),
    "orchestrator.definitions.given_resources": ("with_resources",),
    "orchestrator.definitions.graph_assets": (
        "graph_asset",
        "graph_multi_asset",
    ),
    "orchestrator.definitions.graph_ports": (
        "GraphIn",
        "GraphOut",
    ),
    "orchestrator.definitions.graphs": (
        "GraphDefinition",
        "graph",
    ),
    "orchestrator.definitions.hooks": (
        "HookDefinition",
        "HookExecutionResult",
        "failure_hook",
        "success_hook",
    ),
    "orchestrator.definitions.ins_and_outs": (
        "DynamicOut",
        "In",
        "Out",
    ),
    "orchestrator.definitions.io": (
        "IOManager",
        "InputManager",
    ),
    "orchestrator.definitions.io_contexts": (
        "InputContext",
        "OutputContext",
    ),
    "orchestrator.definitions.io_definitions": (
        "IOManagerDefinition",
        "InputManagerDefinition",
        "input_manager",
        "io_manager",
    ),
    "orchestrator.definitions.jobs": (
        "JobDefinition",
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
    "orchestrator.definitions.observable": (
        "multi_observable_source_asset",
        "observable_source_asset",
    ),
    "orchestrator.definitions.ops": (
        "OpDefinition",
        "op",
    ),
    "orchestrator.definitions.resource_definitions": (
        "InitResourceContext",
        "ResourceDefinition",
        "make_values_resource",
        "resource",
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
    "orchestrator.definitions.run_config": ("RunConfig",),
    "orchestrator.definitions.run_requests": (
        "RunRequest",
        "SensorResult",
        "SkipReason",
    ),
    "orchestrator.definitions.run_status_sensors": (
        "RunStatusSensorDefinition",
        "run_failure_sensor",
        "run_status_sensor",
    ),
    "orchestrator.definitions.runtime_types": (
        "Nothing",
        "PythonObjectType",
        "RuntimeType",
        "RuntimeTypeLoader",
        "RuntimeTypeLoaderContext",
        "TypeCheck",
        "TypeCheckContext",
        "runtime_type_loader",
    ),
    "orchestrator.definitions.schedules": (
        "DefaultScheduleStatus",
        "ScheduleDefinition",
        "schedule",
    ),
    "orchestrator.definitions.sensors": (
        "DefaultSensorStatus",
        "SensorDefinition",
        "SensorType",
        "sensor",
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
    "orchestrator.definitions.types": (
        "check_runtime_type",
        "make_python_type_usable_as_runtime_type",
        "usable_as_runtime_type",
    ),
    "orchestrator.errors": (
        "ArgumentError",
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
        "MaxRetriesExceededError",
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
    "orchestrator.execution.asset_sensor_context": ("MultiAssetSensorEvaluationContext",),
    "orchestrator.execution.automation_contexts": (
        "ScheduleEvaluationContext",
        "SensorEvaluationContext",
    ),
    "orchestrator.execution.build_automation_contexts": (
        "build_multi_asset_sensor_context",
        "build_run_status_sensor_context",
        "build_schedule_context",
        "build_sensor_context",
    ),
    "orchestrator.execution.build_contexts": (
        "build_asset_context",
        "build_op_context",
    ),
    "orchestrator.execution.build_init_context": ("build_init_resource_context",),
    "orchestrator.execution.build_io_contexts": (
        "build_input_context",
        "build_output_context",
    ),
    "orchestrator.execution.captured_logging": ("get_logger",),
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
    "orchestrator.execution.in_process_result": ("ExecuteInProcessResult",),
    "orchestrator.execution.log_manager": ("LogManager",),
    "orchestrator.execution.resources": ("build_resources",),
    "orchestrator.execution.run_status_sensing": (
        "RunFailureSensorContext",
        "RunStatusSensorContext",
    ),
    "orchestrator.graph.selection": ("AssetSelection",),
    "orchestrator.in_process": (
        "materialize",
        "materialize_to_memory",
        "validate_run_config",
    ),
    "orchestrator.instance": ("Instance",),
    "orchestrator.io_managers.duckdb": ("DuckDBIOManager",),
    "orchestrator.io_managers.filesystem": ("FilesystemIOManager",),
    "orchestrator.io_managers.memory": ("InMemoryIOManager",),
    "orchestrator.io_managers.named": (
        "fs_io_manager",
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
    "orchestrator.values": ("AssetValueLoader",),
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
