import dagster as dg
from observe import fails

DIFFERS = {
    "text": "Dagster raises a bare Exception",
    "number": "Dagster raises a bare Exception",
    "run config": "Dagster raises a bare Exception",
    "tuple": "Dagster raises a bare Exception",
    "unknown job": "Dagster raises a bare Exception",
    "list of numbers": "the same mistake as a number alone",
}

# What the function of a sensor may not answer.


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
    "text": "x",
    "number": 5,
    "run config": {"ops": {}},
    "tuple": (R("a"),),
    "list of numbers": [1],
    "request and reason": [R("a"), dg.SkipReason("b")],
    "two reasons": [dg.SkipReason("a"), dg.SkipReason("b")],
    "result and request": [dg.SensorResult(), R("a")],
    "unknown job": R("a", job_name="nope"),
}.items():

    @dg.sensor(job=j, name="s")
    def s(context):
        return answer

    with fails(label):
        told(s)
