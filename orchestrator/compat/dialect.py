"""Dagster's dialect."""

from orchestrator.compat.runs import DagsterRun
from orchestrator.definitions.dialect import Dialect

DIALECT = Dialect(
    ascii_names=True,
    free_keys=True,
    deps_are_iterated=True,
    inputs_have_no_prefix=True,
    contexts_are_named=True,
    defaults_need_assets=True,
    bare_plus_is_one_layer=True,
    unrecorded_values_may_load=True,
    returns_are_strict=True,
    specs_are_made_anyway=True,
    specs_clash=True,
    parts_are_refused=True,
    unselected_outputs_are_required=True,
    strict_selections=True,
    lookups_check_all=True,
    groups_are_final=True,
    resources_are_bound=True,
    specs_stay=True,
    selections_are_definitions=True,
    no_value_is_none=True,
    empty_runs=True,
    default_executor="multi_or_in_process_executor",
    types_are_plain=True,
    definitions_have_own_names=True,
    any_needs_selector=True,
    graph_dicts_need_out=True,
    ephemeral_job="__ephemeral_asset_job__",
    bare_file_names=True,
    strict_data=True,
    config_made_in_steps=True,
    home_variables=("ORCH_HOME", "DAGSTER_HOME"),
    view_run=DagsterRun,
)
