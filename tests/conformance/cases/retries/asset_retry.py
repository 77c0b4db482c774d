import dagster as dg
from observe import ran

# retry_policy of an asset and of an asset job.

calls = []


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=1))
def a(context: dg.AssetExecutionContext):
    calls.append("a")
    if len(calls) == 1:
        raise ValueError
    return 1


@dg.asset
def b(a):
    calls.append("b")
    if calls.count("b") == 1:
        raise ValueError
    return a


ran("asset", dg.materialize([a]))
job = dg.define_asset_job("j", selection="*", op_retry_policy=dg.RetryPolicy(max_retries=2))
ran("job", dg.Definitions(assets=[a, b], jobs=[job]).resolve_job_def("j").execute_in_process())
