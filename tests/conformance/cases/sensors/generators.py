import dagster as dg
from observe import fails, see

# A function of a sensor that yields.


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


R = dg.RunRequest


@dg.sensor(job=j)
def several(context):
    yield R("1")
    yield R("2")


@dg.sensor(job=j)
def nothing(context):
    if context is None:
        yield R("1")


@dg.sensor(job=j)
def both(context):
    yield R("1")
    yield dg.SkipReason("x")


@dg.sensor(job=j)
def result(context):
    yield dg.SensorResult(run_requests=[R("1")], cursor="3")


@dg.sensor(job=j)
def result_and_more(context):
    yield R("1")
    yield dg.SensorResult(run_requests=[R("1")], cursor="3")


@dg.sensor(job=j)
def cursor_at_the_end(context):
    context.update_cursor("1")
    yield R("1")
    context.update_cursor("2")


@dg.sensor(job=j)
def raises_later(context):
    yield R("1")
    raise KeyError("x")


for ok in (several, nothing, result, cursor_at_the_end):
    see(ok.name, told(ok))
for wrong in (both, result_and_more, raises_later):
    with fails(wrong.name):
        told(wrong)
see("called", [one.run_key for one in several(dg.build_sensor_context())])
