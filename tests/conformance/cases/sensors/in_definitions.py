import dagster as dg
from observe import fails, see

# Sensors in Definitions.


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
D = dg.Definitions
see(
    "its jobs are there",
    sorted(q.name for q in D(sensors=[N("s", evaluation_fn=fn, jobs=[j, k])]).resolve_all_job_defs()),
)
see(
    "job of assets",
    [q.name for q in D(assets=[a], sensors=[N("s", evaluation_fn=fn, target=[a])]).resolve_all_job_defs()],
)
for label, said in {
    "unknown job": {"sensors": [N("s", evaluation_fn=fn, job_name="nope")]},
    "known job": {"jobs": [k], "sensors": [N("s", evaluation_fn=fn, job_name="k")]},
    "two of a name": {"sensors": [N("s", evaluation_fn=fn, job=j), N("s", evaluation_fn=fn, job=k)]},
    "unknown asset": {"assets": [a], "sensors": [N("s", evaluation_fn=fn, target="nope")]},
    "for nothing": {"sensors": [N("s", evaluation_fn=fn)]},
    "asset of the target": {"sensors": [N("s", evaluation_fn=fn, target=[a])]},
}.items():
    with fails(label):
        D.validate_loadable(D(**said))
for label, given in {
    "not a list": N("s", evaluation_fn=fn, job=j),
    "a number": [1],
    "a schedule": [dg.ScheduleDefinition(cron_schedule="@daily", job=j)],
}.items():
    with fails(label):
        D(sensors=given)
