import dagster as dg
from observe import fails, see

# A function of a schedule that yields.


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
def several(context):
    yield dg.RunRequest("1")
    yield dg.RunRequest("2")


@dg.schedule("@daily", job=j)
def reason(context):
    yield dg.SkipReason("no")


@dg.schedule("@daily", job=j)
def nothing(context):
    if context is None:
        yield dg.RunRequest("1")


@dg.schedule("@daily", job=j)
def both(context):
    yield dg.RunRequest("1")
    yield dg.SkipReason("no")


see("several", told(several))
see("reason", told(reason))
see("nothing", told(nothing))
with fails("both"):
    told(both)
see("called", [one.run_key for one in several(dg.build_schedule_context())])
