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
    selections_are_definitions=True,
    no_value_is_none=True,
    empty_runs=True,
    graph_dicts_need_out=True,
    ephemeral_job="__ephemeral_asset_job__",
    bare_file_names=True,
    late_metadata=True,
    strict_data=True,
    config_made_in_steps=True,
    home_variables=("ORCH_HOME", "DAGSTER_HOME"),
    view_run=DagsterRun,
)
