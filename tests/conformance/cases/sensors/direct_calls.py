import dagster as dg
from observe import fails, see

DIFFERS = {
    "not decorated": "orch calls what a decorator made only, as with schedules",
}

# Calling the function of a sensor.


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


B = dg.build_sensor_context


@dg.sensor(job=j)
def s(context):
    return dg.RunRequest(context.cursor or "none")


@dg.sensor(job=j)
def without_context():
    return dg.RunRequest("n")


see("with", [s(B()).run_key, s(B(cursor="8")).run_key, s(context=B(cursor="9")).run_key])
see("without", [without_context().run_key, without_context(B()).run_key])
with fails("no context"):
    s()
with fails("two"):
    s(B(), B())
with fails("not decorated"):
    dg.SensorDefinition("x", evaluation_fn=lambda c: None, job=j)(B())
see("tick without context", told(without_context))
