import dagster as dg
from observe import fails

# What a function of a schedule raises.


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


def bad(context):
    raise ValueError("no")


S = dg.ScheduleDefinition


@dg.schedule("@daily", job=j)
def raises(context):
    raise KeyError("x")


@dg.schedule("@daily", job=j)
def raises_later(context):
    yield dg.RunRequest("1")
    raise KeyError("x")


with fails("decorated"):
    told(raises)
with fails("yielding"):
    told(raises_later)
with fails("called"):
    raises(dg.build_schedule_context())
with fails("execution"):
    told(S("s", cron_schedule="@daily", job=j, execution_fn=bad))
