import dagster as dg
from observe import fails, see

# The ways to say what a sensor is for.


@dg.op
def one(): ...


@dg.job
def j():
    one()


@dg.asset
def a(): ...


@dg.job
def k():
    one()


def fn(context): ...


N = dg.SensorDefinition
for label, said in {
    "job": {"job": j},
    "job name": {"job_name": "j"},
    "target job": {"target": j},
    "target asset": {"target": a},
    "target list": {"target": [a]},
    "one of jobs": {"jobs": [k]},
}.items():
    see(label, N("s", evaluation_fn=fn, **said).job_name)
see("jobs", [one.name for one in N("s", evaluation_fn=fn, jobs=[j, k]).jobs])
for label, said in {
    "job and jobs": {"job": j, "jobs": [k]},
    "job and name": {"job": j, "job_name": "j"},
    "job and assets": {"job": j, "asset_selection": "*"},
    "job and target": {"job": j, "target": k},
    "nothing": {},
    "job is text": {"job": "j"},
}.items():
    with fails(label):
        N("s", evaluation_fn=fn, **said)
with fails("the job of several"):
    N("s", evaluation_fn=fn, jobs=[j, k]).job
with fails("the name of several"):
    N("s", evaluation_fn=fn, jobs=[j, k]).job_name
with fails("the job of none"):
    N("s", evaluation_fn=fn).job
with fails("the jobs of none"):
    N("s", evaluation_fn=fn).jobs
