import dagster as dg
from observe import fails, ran, see

calls = []


@dg.asset(retry_policy=dg.RetryPolicy(max_retries=2))
def flaky(context):
    calls.append(context.retry_number)
    if context.retry_number < 2:
        raise ValueError("again")
    return "done"


ran("run", dg.materialize([flaky]))
see("calls", calls)
seen = []


@dg.success_hook
def ok(context):
    seen.append(["ok", context.op.name])


@dg.failure_hook
def no(context):
    seen.append(["no", context.op.name, type(context.op_exception).__name__])


@dg.asset
def bad():
    raise KeyError("x")


job = dg.define_asset_job("jj", hooks={ok, no})
d = dg.Definitions(assets=[flaky, bad], jobs=[job])
r = d.resolve_job_def("jj").execute_in_process(raise_on_error=False)
see("hooks", sorted(seen))
see("hook events", sorted(e.event_type_value for e in r.all_events if "HOOK" in e.event_type_value))


@dg.asset
def never():
    raise dg.Failure("no", allow_retries=False)


@dg.asset
def req():
    raise dg.RetryRequested(max_retries=1) from ValueError("q")


ran("never", dg.materialize([never], raise_on_error=False))
ran("req", dg.materialize([req], raise_on_error=False))
with fails("req raises"):
    dg.materialize([req])
