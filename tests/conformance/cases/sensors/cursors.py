import dagster as dg
from observe import fails, see

# Cursors.


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
def counts(context):
    number = int(context.cursor or 0)
    context.update_cursor(str(number + 1))
    return dg.RunRequest(f"run-{number}")


@dg.sensor(job=j)
def keeps(context):
    return dg.SkipReason("nothing")


@dg.sensor(job=j)
def forgets(context):
    context.update_cursor(None)
    return dg.SkipReason("nothing")


@dg.sensor(job=j)
def empties(context):
    context.update_cursor("")
    return dg.SkipReason("nothing")


@dg.sensor(job=j)
def says_twice(context):
    context.update_cursor("a")
    return dg.SensorResult(cursor="b")


@dg.sensor(job=j)
def by_result(context):
    return dg.SensorResult(skip_reason="x", cursor=(context.cursor or "") + "+")


@dg.sensor(job=j)
def number(context):
    context.update_cursor(5)


see("first", told(counts, B(INSTANCE)))
see("next", told(counts, B(INSTANCE, cursor="4")))
see("kept", told(keeps, B(INSTANCE, cursor="4")))
see("forgotten", told(forgets, B(INSTANCE, cursor="4")))
see("emptied", told(empties, B(INSTANCE, cursor="4")))
see("by result", told(by_result, B(INSTANCE, cursor="4")))
with fails("said twice"):
    told(says_twice, B(INSTANCE))
with fails("number"):
    told(number, B(INSTANCE))
context = B(cursor="9")
see("seen at once", [context.cursor, context.update_cursor("10"), context.cursor, context.cursor_updated])
with fails("cursor is a number"):
    B(cursor=3)
