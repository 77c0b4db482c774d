import dagster as dg
from observe import fails, see

# Calling the function of a schedule.


@dg.op
def one(): ...


@dg.job
def j():
    one()


import datetime as dt

AT = dt.datetime(2026, 1, 5, 9, tzinfo=dt.timezone.utc)


def told(schedule):
    found = schedule.evaluate_tick(dg.build_schedule_context(scheduled_execution_time=AT))
    return [[[r.run_key, r.run_config, dict(r.tags)] for r in found.run_requests], bool(found.skip_message)]


@dg.schedule("@daily", job=j)
def s(context):
    return dg.RunRequest("k", tags={"a": "b"})


@dg.schedule("@daily", job=j)
def without_context():
    return dg.RunRequest("n")


@dg.schedule("@daily", job=j)
def other_name(ctx):
    return {"hour": ctx.scheduled_execution_time.hour}


context = dg.build_schedule_context(scheduled_execution_time=AT)
see("request", [s(context).run_key, dict(s(context).tags)])
see("by name", s(context=context).run_key)
see("without context", [without_context().run_key, without_context(context).run_key])
see("other name", other_name(context))
see("other name by name", other_name(ctx=context))
with fails("no context"):
    s()
with fails("two contexts"):
    s(context, context)
with fails("wrong name"):
    s(nope=context)
with fails("not decorated"):
    dg.ScheduleDefinition(cron_schedule="@daily", job=j)(context)
with fails("function not decorated"):
    dg.ScheduleDefinition(cron_schedule="@daily", job=j, execution_fn=lambda c: {})(context)
