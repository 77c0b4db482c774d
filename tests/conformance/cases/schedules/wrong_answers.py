import dagster as dg
from observe import fails

DIFFERS = {
    "run config object": "the signature allows it, and so does orch",
    "another job": "a schedule is for one job, and orch says so",
}

# What the function of a schedule may not answer.


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
    "text": "x",
    "number": 5,
    "tuple": (dg.RunRequest("a"),),
    "list of numbers": [1],
    "request and reason": [dg.RunRequest("a"), dg.SkipReason("b")],
    "two reasons": [dg.SkipReason("a"), dg.SkipReason("b")],
    "several without keys": [dg.RunRequest(), dg.RunRequest()],
    "one of several without a key": [dg.RunRequest("a"), dg.RunRequest()],
    "sensor result": dg.SensorResult(run_requests=[]),
    "run config object": dg.RunConfig(ops={}),
    "another job": dg.RunRequest("a", job_name="nope"),
}.items():

    @dg.schedule("@daily", job=j, name="s")
    def s(context):
        return answer

    with fails(label):
        told(s)
