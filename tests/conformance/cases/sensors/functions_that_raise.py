import dagster as dg
from observe import fails

# What a function of a sensor raises.


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


@dg.sensor(job=j)
def raises(context):
    context.update_cursor("moved")
    raise KeyError("x")


with fails("tick"):
    told(raises)
with fails("called"):
    raises(dg.build_sensor_context())
