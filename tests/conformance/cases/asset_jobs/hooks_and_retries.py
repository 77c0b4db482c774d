import dagster as dg
from observe import ran, see

# Hooks and a retry policy for all steps of an asset job.

calls = []


@dg.success_hook
def on_success(context):
    calls.append(["ok", context.op.name])


@dg.failure_hook
def on_failure(context):
    calls.append(["failed", context.op.name, type(context.op_exception).__name__])


@dg.asset
def a() -> None: ...


@dg.asset(deps=[a])
def b() -> None:
    raise ValueError("x")


tries = []


@dg.asset
def shaky() -> None:
    tries.append(1)
    if len(tries) == 1:
        raise ValueError("once")


job = dg.define_asset_job("j", selection=[a, b], hooks={on_success, on_failure})
dg.Definitions(assets=[a, b], jobs=[job]).resolve_job_def("j").execute_in_process(raise_on_error=False)
see("calls", calls)
job = dg.define_asset_job("one", selection=[a, b], hooks={on_success})
ran(
    "one hook",
    dg.Definitions(assets=[a, b], jobs=[job]).resolve_job_def("one").execute_in_process(raise_on_error=False),
)
job = dg.define_asset_job("k", selection=[shaky], op_retry_policy=dg.RetryPolicy(max_retries=1))
ran("retry", dg.Definitions(assets=[shaky], jobs=[job]).resolve_job_def("k").execute_in_process(raise_on_error=False))
