import dagster as dg
from observe import fails, see

# The ways to say what a schedule is for.


@dg.op
def one(): ...


@dg.job
def j():
    one()


@dg.asset
def a(): ...


@dg.graph
def g():
    one()


aj = dg.define_asset_job("aj", selection=[a])
for label, said in {
    "job": {"job": j},
    "job name": {"job_name": "j"},
    "graph": {"job": g},
    "asset job": {"job": aj},
    "target job": {"target": j},
    "target asset": {"target": a},
    "target list": {"target": [a]},
    "target text": {"target": "a"},
    "target selection": {"target": dg.AssetSelection.assets(a)},
}.items():
    made = dg.ScheduleDefinition("s", cron_schedule="@daily", **said)
    see(label, [made.job_name, made.has_anonymous_job])
for label, said in {
    "nothing": {},
    "two": {"job": j, "job_name": "j"},
    "job and target": {"job": j, "target": a},
    "job is text": {"job": "j"},
    "job is an op": {"job": one},
}.items():
    with fails(label):
        dg.ScheduleDefinition("s", cron_schedule="@daily", **said)
with fails("target without a name"):
    dg.ScheduleDefinition(cron_schedule="@daily", target=[a])
with fails("job of a name"):
    dg.ScheduleDefinition(cron_schedule="@daily", job_name="j").job
