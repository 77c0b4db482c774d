import dagster as dg
from observe import fails, see

# What a context of a schedule knows.


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


see("time", dg.build_schedule_context(scheduled_execution_time=AT).scheduled_execution_time.isoformat())
with fails("no time"):
    dg.build_schedule_context().scheduled_execution_time
with fails("no instance"):
    dg.build_schedule_context().instance
with fails("no definitions"):
    dg.build_schedule_context().repository_def
see("resource", dg.build_schedule_context(resources={"r": 5}).resources.r)
with fails("unknown resource"):
    dg.build_schedule_context(resources={"r": 5}).resources.q
see("class", isinstance(dg.build_schedule_context(), dg.ScheduleEvaluationContext))
