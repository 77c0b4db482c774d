import dagster as dg
from observe import see

# Run config and tags that the schedule itself has, or makes.


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


S = dg.ScheduleDefinition
see("nothing", told(S("s", cron_schedule="@daily", job=j)))
see("config", told(S("s", cron_schedule="@daily", job=j, run_config={"ops": {}})))
see("tags", told(S("s", cron_schedule="@daily", job=j, tags={"a": "1"})))
see(
    "config function",
    told(S("s", cron_schedule="@daily", job=j, run_config_fn=lambda c: {"at": c.scheduled_execution_time.isoformat()})),
)
see("config function without context", told(S("s", cron_schedule="@daily", job=j, run_config_fn=lambda: {"a": 1})))
see(
    "tags function",
    told(S("s", cron_schedule="@daily", job=j, tags_fn=lambda c: {"d": c.scheduled_execution_time.date().isoformat()})),
)
see("tags function says nothing", told(S("s", cron_schedule="@daily", job=j, tags_fn=lambda c: None)))
see("function", told(S("s", cron_schedule="@daily", job=j, execution_fn=lambda c: dg.RunRequest("q"))))


@dg.schedule("@daily", job=j, tags={"a": "1"})
def with_tags(context):
    return {"ops": {}}


@dg.schedule("@daily", job=j, tags={"a": "1", "b": "2"})
def with_request(context):
    return dg.RunRequest("k", tags={"a": "own"})


@dg.schedule("@daily", job=j, tags_fn=lambda c: {"t": "1"})
def with_function(context):
    return {"ops": {}}


@dg.schedule("@daily", job=j, tags_fn=lambda c: {"t": "1"})
def with_function_and_request(context):
    return dg.RunRequest("k")


for one_of_them in (with_tags, with_request, with_function, with_function_and_request):
    see(one_of_them.name, told(one_of_them))
