import dagster as dg
from observe import fails, see

# Schedules in Definitions.


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


@dg.job(name="j")
def another():
    one()


S = dg.ScheduleDefinition
D = dg.Definitions
see("its job is there", [one.name for one in D(schedules=[S(cron_schedule="@daily", job=j)]).resolve_all_job_defs()])
see(
    "job of assets",
    [one.name for one in D(assets=[a], schedules=[S("s", cron_schedule="@daily", target=[a])]).resolve_all_job_defs()],
)
for label, said in {
    "unknown job": {"schedules": [S("s", cron_schedule="@daily", job_name="nope")]},
    "known job": {"jobs": [k], "schedules": [S("s", cron_schedule="@daily", job_name="k")]},
    "all assets": {"assets": [a], "schedules": [S("s", cron_schedule="@daily", job_name="__ASSET_JOB")]},
    "two of a name": {"schedules": [S("s", cron_schedule="@daily", job=j), S("s", cron_schedule="@daily", job=k)]},
    "the same twice": {"schedules": [S("s", cron_schedule="@daily", job=j)] * 2},
    "two jobs of a name": {"jobs": [another], "schedules": [S("s", cron_schedule="@daily", job=j)]},
    "unknown asset": {"assets": [a], "schedules": [S("s", cron_schedule="@daily", target="nope")]},
    "asset of the target": {"schedules": [S("s", cron_schedule="@daily", target=[a])]},
    "asset job without asset": {
        "schedules": [S("s", cron_schedule="@daily", job=dg.define_asset_job("aj", selection=[a]))]
    },
    "the name of a sensor": {
        "schedules": [S("s", cron_schedule="@daily", job=j)],
        "sensors": [dg.SensorDefinition(name="s", evaluation_fn=lambda c: None, job=j)],
    },
}.items():
    with fails(label):
        D.validate_loadable(D(**said))
for label, given in {
    "not a list": S(cron_schedule="@daily", job=j),
    "a number": [1],
    "a job": [j],
    "a sensor": [dg.SensorDefinition(name="q", evaluation_fn=lambda c: None, job=j)],
}.items():
    with fails(label):
        D(schedules=given)
