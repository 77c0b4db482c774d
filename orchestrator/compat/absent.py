"""Public names of Dagster that are not served: those that come later, and those that never will, with the reason."""

_COMPONENTS = "components turn YAML into definitions; orch reads Python, where `Definitions` and functions do the same"
_PIPES = "a step starts other programs with `subprocess`; what they print is kept as compute logs"
_SERVERS = "it belongs to Dagster's server processes, which orch does not have"
_LAUNCHERS = "steps run in workers of their code location; there is nothing to launch them with"
_EXECUTORS = "executors are orch's own; choose one with `executor=`, `executor_def=` or `--executor`"
_FORMAT = "it is Dagster's own format for storing its objects"
_DAGSTER = "it warns of changes in Dagster's own API"

_NEVER: dict[str, tuple[str, ...]] = {
    _COMPONENTS: (
        "AssetAttributesModel", "Component", "ComponentFormConfig", "ComponentLoadContext", "ComponentTree",
        "ComponentTypeSpec", "DefinitionsComponent", "DefsFolderComponent", "FunctionComponent", "Injected", "Model",
        "PythonScriptComponent", "Resolvable", "ResolutionContext", "ResolvedAssetCheckSpec", "ResolvedAssetKey",
        "ResolvedAssetSpec", "Resolver", "ScaffoldRequest", "Scaffolder", "SqlComponent", "StateBackedComponent",
        "TemplatedSqlComponent", "UPathDefsStateStorage", "UvRunComponent", "build_component_defs",
        "build_defs_for_component", "component_defs", "component_instance", "get_all_components_defs_within_project",
        "get_component_defs_within_project", "load_defs", "load_from_defs_folder", "resources", "scaffold_component",
        "scaffold_with", "template_var",
    ),
    _PIPES: (
        "PipesBlobStoreMessageReader", "PipesClient", "PipesClientCompletedInvocation", "PipesCompositeMessageReader",
        "PipesContextInjector", "PipesEnvContextInjector", "PipesExecutionResult", "PipesFileContextInjector",
        "PipesFileMessageReader", "PipesLaunchedData", "PipesLogReader", "PipesMessageHandler", "PipesMessageReader",
        "PipesSession", "PipesSubprocessClient", "PipesTempFileContextInjector", "PipesTempFileMessageReader",
        "open_pipes_session",
    ),
    _SERVERS: ("DagsterLibraryRegistry", "DefaultRunLauncher", "QueuedRunCoordinator", "SubmitRunContext"),
    _LAUNCHERS: (
        "StepExecutionContext", "StepLauncher", "StepRunRef", "external_instance_from_step_run_ref",
        "run_step_from_ref", "step_context_to_step_run_ref", "step_run_ref_to_step_context",
    ),
    _EXECUTORS: (
        "Executor", "ExecutorRequirement", "InitExecutorContext", "executor", "multiple_process_executor_requirements",
    ),
    _FORMAT: ("MigrateIOStorageResult", "deserialize_value", "migrate_io_storage", "serialize_value"),
    _DAGSTER: ("deprecation_warning",),
    "`Definitions` is what makes it": ("RepositoryData",),
    "it is part of how Dagster is built": (
        "AssetJobKey", "IAttachDifferentObjectToOpContext",
        "PaginatedResults", "RunShardedEventsCursor",
    ),
}  # fmt: skip

_LATER: dict[str, tuple[str, ...]] = {
    "partitions": (
        "AddDynamicPartitionsRequest", "AllPartitionMapping", "AssetPartitionStatus", "BackfillPolicy",
        "DailyPartitionsDefinition", "DeleteDynamicPartitionsRequest", "DimensionPartitionMapping",
        "DynamicPartitionsDefinition", "HourlyPartitionsDefinition", "IdentityPartitionMapping",
        "LastPartitionMapping", "MonthlyPartitionsDefinition", "MultiPartitionKey", "MultiPartitionMapping",
        "MultiPartitionsDefinition", "MultiToSingleDimensionPartitionMapping", "Partition", "PartitionKeyRange",
        "PartitionMapping", "PartitionedConfig", "PartitionsDefinition", "SpecificPartitionsPartitionMapping",
        "StaticPartitionMapping", "StaticPartitionsDefinition", "TimeWindow", "TimeWindowPartitionMapping",
        "TimeWindowPartitionsDefinition", "WeeklyPartitionsDefinition", "daily_partitioned_config",
        "dynamic_partitioned_config", "hourly_partitioned_config", "monthly_partitioned_config",
        "partition_loading_context", "partitioned_config", "static_partitioned_config", "weekly_partitioned_config",
    ),
    "asset checks": (
        "AssetCheckEvaluation", "AssetCheckExecutionContext", "AssetCheckKey", "AssetCheckResult",
        "AssetCheckSeverity", "AssetCheckSpec", "AssetChecksDefinition", "AssetOrCheckKey", "asset_check",
        "build_asset_check_context", "build_column_schema_change_checks", "build_last_update_freshness_checks",
        "build_metadata_bounds_checks", "build_sensor_for_freshness_checks", "build_time_partition_freshness_checks",
        "load_asset_checks_from_current_module", "load_asset_checks_from_modules",
        "load_asset_checks_from_package_module", "load_asset_checks_from_package_name", "multi_asset_check",
    ),
    "schedules, sensors and automation": (
        "AutoMaterializeAssetPartitionsFilter", "AutoMaterializePolicy", "AutoMaterializeRule", "AutomationCondition",
        "AutomationConditionSensorDefinition", "AutomationContext", "AutomationResult", "CodeLocationSelector",
        "EvaluateAutomationConditionsResult", "FreshnessPolicy", "JobSelector", "LegacyFreshnessPolicy",
        "MAX_RUNTIME_SECONDS_TAG", "RepositorySelector", "apply_freshness_policy",
        "build_schedule_from_partitioned_job", "evaluate_automation_conditions", "make_email_on_run_failure_sensor",
    ),
}  # fmt: skip

#: Module of Dagster -> why nothing below it is served.
NOT_PLANNED_MODULES = {"dagster.components": _COMPONENTS, "dagster._grpc": _SERVERS, "dagster._daemon": _SERVERS}

#: Public name of Dagster -> why it will not be served.
NOT_PLANNED = {name: reason for reason, names in _NEVER.items() for name in names}

#: Public name of Dagster -> what it belongs to, which comes later.
LATER = {name: topic for topic, names in _LATER.items() for name in names}
