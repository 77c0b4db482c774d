import dagster as dg
from observe import fails, see

# What a sensor is called, and how often it looks.


@dg.op
def one(): ...


@dg.job
def j():
    one()


def named(context): ...


N = dg.SensorDefinition
see("of its function", N(evaluation_fn=named, job=j).name)
see("given", N("mine", evaluation_fn=named, job=j).name)
see(
    "interval",
    [
        N(evaluation_fn=named, job=j).minimum_interval_seconds,
        N(evaluation_fn=named, job=j, minimum_interval_seconds=5).minimum_interval_seconds,
    ],
)
see("statuses", [one.value for one in dg.DefaultSensorStatus])
see("defaults", [N(evaluation_fn=named).default_status.value, N(evaluation_fn=named).description])
for label, said in {
    "space": {"name": "a b"},
    "dash": {"name": "a-b"},
    "status": {"default_status": "RUNNING"},
    "interval is text": {"minimum_interval_seconds": "a"},
    "interval is a float": {"minimum_interval_seconds": 1.5},
    "zero": {"minimum_interval_seconds": 0},
    "no function": {"evaluation_fn": None},
}.items():
    with fails(label):
        N(**{"evaluation_fn": named, "job": j} | said)
