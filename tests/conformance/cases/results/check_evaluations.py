import dagster as dg
from observe import ran, see

NOT_YET = "asset checks come with a later issue"

# Check evaluations in a result.


@dg.asset(check_specs=[dg.AssetCheckSpec("inside", asset="a")])
def a():
    return dg.MaterializeResult(check_results=[dg.AssetCheckResult(passed=True, metadata={"n": 1})])


@dg.asset_check(asset=a)
def outside():
    return dg.AssetCheckResult(passed=False, severity=dg.AssetCheckSeverity.WARN, description="d")


result = dg.Definitions(assets=[a], asset_checks=[outside]).resolve_implicit_global_asset_job_def().execute_in_process()
ran("run", result)
see(
    "evaluations",
    [[c.check_name, c.passed, c.asset_key, c.severity, c.metadata] for c in result.get_asset_check_evaluations()],
)
