import dagster as dg
from observe import see

NOT_YET = "asset checks come with a later issue"

# Checks in the instance.


@dg.asset
def a():
    return 1


@dg.asset_check(asset=a)
def ok():
    return dg.AssetCheckResult(passed=True, metadata={"n": 1})


defs = dg.Definitions(assets=[a], asset_checks=[ok])
with dg.DagsterInstance.ephemeral() as instance:
    defs.resolve_implicit_global_asset_job_def().execute_in_process(instance=instance)
    logs = instance.all_logs(instance.get_runs()[0].run_id, of_type=dg.DagsterEventType.ASSET_CHECK_EVALUATION)
    see("events", [isinstance(e.dagster_event.event_specific_data, dg.AssetCheckEvaluation) for e in logs])
    found = logs[0].dagster_event.event_specific_data
    see("fields", [found.check_name, found.passed, found.asset_key, found.severity, found.blocking])
    see("key", [found.asset_check_key == dg.AssetCheckKey(dg.AssetKey("a"), "ok")])
