import dagster as dg
from observe import see

# What the function of a sensor may answer.


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
for label, answer in {
    "nothing": None,
    "empty list": [],
    "request": R("k"),
    "request with config": R("k", run_config={"ops": {}}, tags={"a": "b"}),
    "several": [R("a"), R("b")],
    "several without keys": [R(), R()],
    "the same key": [R("a"), R("a")],
    "reason": dg.SkipReason("why"),
    "list of a reason": [dg.SkipReason("why")],
    "result": dg.SensorResult(run_requests=[R("q")], cursor="c"),
    "result with a reason": dg.SensorResult(skip_reason="why"),
    "result with a reason object": dg.SensorResult(skip_reason=dg.SkipReason("why")),
    "empty result": dg.SensorResult(),
    "result of a cursor": dg.SensorResult(cursor="7"),
    "list of a result": [dg.SensorResult(run_requests=[R("a")])],
    "its own job": R("a", job_name="j"),
}.items():

    @dg.sensor(job=j, name="s")
    def s(context):
        return answer

    see(label, told(s))
