import dagster as dg
from observe import see

# What the function of a schedule may answer.


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


for label, answer in {
    "nothing": None,
    "empty list": [],
    "run config": {"ops": {}},
    "request": dg.RunRequest("k"),
    "request without a key": dg.RunRequest(),
    "several": [dg.RunRequest("a"), dg.RunRequest("b")],
    "the same key": [dg.RunRequest("a"), dg.RunRequest("a")],
    "reason": dg.SkipReason("why"),
    "list of a reason": [dg.SkipReason("why")],
    "request with tags": dg.RunRequest("k", tags={"x": "y", "n": 1}),
    "request with config": dg.RunRequest("k", run_config={"ops": {"one": {"config": 1}}}),
}.items():

    @dg.schedule("@daily", job=j, name="s")
    def s(context):
        return answer

    see(label, told(s))
