import dagster as dg
from observe import fails, see

DIFFERS = {
    "none named": "Dagster raises a bare Exception",
    "unknown": "Dagster raises a bare Exception",
    "for nothing": "Dagster raises a bare Exception",
    "for nothing with a name": "Dagster raises a bare Exception",
}

# A sensor for several jobs.


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


@dg.job
def k():
    one()


def asks(answer, **target):
    @dg.sensor(name="s", **target)
    def s(context):
        return answer

    return s


R = dg.RunRequest
see("one of them", told(asks(R("a", job_name="k"), jobs=[j, k])))
see("both", told(asks([R("a", job_name="k"), R("b", job_name="j")], jobs=[j, k])))
see("nothing to name", told(asks(dg.SkipReason("x"), jobs=[j, k])))
see("for nothing, asks for nothing", told(asks(dg.SkipReason("x"))))
for label, sensor in {
    "none named": asks(R("a"), jobs=[j, k]),
    "unknown": asks(R("a", job_name="x"), jobs=[j, k]),
    "for nothing": asks(R("a")),
    "for nothing with a name": asks(R("a", job_name="j")),
}.items():
    with fails(label):
        told(sensor)
