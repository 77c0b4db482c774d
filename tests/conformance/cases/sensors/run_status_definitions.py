import dagster as dg
from observe import fails, see

# Sensors of runs.


@dg.op
def one(): ...


@dg.job
def j():
    one()


def told(sensor, context=None):
    found = sensor.evaluate_tick(context or dg.build_sensor_context(instance=INSTANCE))
    requests = [[r.run_key, r.run_config, dict(r.tags), r.job_name] for r in found.run_requests]
    return [requests, bool(found.skip_message), found.cursor]


INSTANCE = dg.DagsterInstance.ephemeral()


@dg.op
def breaks():
    raise ValueError("no")


@dg.job
def broken():
    breaks()


def fn(context): ...


@dg.run_status_sensor(run_status=dg.DagsterRunStatus.SUCCESS)
def succeeded(context): ...


@dg.run_failure_sensor
def failed(context): ...


@dg.run_failure_sensor(name="other", monitored_jobs=[broken], request_job=j, minimum_interval_seconds=5)
def failed_too(context): ...


see("names", [succeeded.name, failed.name, failed_too.name])
see("interval", [succeeded.minimum_interval_seconds, failed_too.minimum_interval_seconds])
see("job", failed_too.job_name)
see("status", succeeded.default_status.value)
with fails("no job"):
    succeeded.job
with fails("both"):
    dg.run_failure_sensor(request_job=j, request_jobs=[j])(fn)
defs = dg.Definitions(jobs=[broken], sensors=[succeeded, failed, failed_too])
see("jobs", sorted(one.name for one in defs.resolve_all_job_defs()))
