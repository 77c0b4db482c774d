import dagster as dg
from observe import fails, see

# Whether a schedule requests anything at all.


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


def deco(**more):
    @dg.schedule("@daily", job=j, name="s", **more)
    def s(context):
        return dg.RunRequest("k")

    return s


S = dg.ScheduleDefinition
see("no", told(deco(should_execute=lambda c: False)))
see("yes", told(deco(should_execute=lambda c: True)))
see("by time", told(deco(should_execute=lambda c: c.scheduled_execution_time.hour == 9)))
see("definition", told(S("s", cron_schedule="@daily", job=j, should_execute=lambda c: False)))
with fails("raises"):
    told(deco(should_execute=lambda c: 1 / 0))
