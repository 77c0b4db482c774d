import dagster as dg
from observe import see

# A sensor of runs begins with what happens after its first evaluation.


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


j.execute_in_process(instance=INSTANCE)


@dg.run_status_sensor(run_status=dg.DagsterRunStatus.SUCCESS, request_job=j)
def s(context):
    return dg.RunRequest("k")


found = s.evaluate_tick(dg.build_sensor_context(INSTANCE))
see("first", [len(found.run_requests), bool(found.skip_message), found.cursor is not None])
