import dagster as dg
from observe import fails, see

# What a context of a sensor knows.


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
see("cursor", [B().cursor, B(cursor="1").cursor])
see("name", B(sensor_name="q").sensor_name)
see("repository", [B().repository_name, B(repository_name="r").repository_name])
see("last", [B().last_run_key, B().last_tick_completion_time])
see("updated", B().cursor_updated)
with fails("no instance"):
    B().instance
see("instance", B(INSTANCE).instance is INSTANCE)
see("resource", B(resources={"r": 5}).resources.r)
with fails("unknown resource"):
    B(resources={"r": 5}).resources.q
see("class", isinstance(B(), dg.SensorEvaluationContext))
