import dagster as dg
from observe import fails, see

# What a schedule is called.


@dg.op
def one(): ...


@dg.job
def j():
    one()


@dg.asset
def a(): ...


aj = dg.define_asset_job("aj", selection=[a])
see("of its job", dg.ScheduleDefinition(cron_schedule="@daily", job=j).name)
see("of a job by name", dg.ScheduleDefinition(cron_schedule="@daily", job_name="other").name)
see("of an asset job", dg.ScheduleDefinition(cron_schedule="@daily", job=aj).name)
see("given", dg.ScheduleDefinition("mine", cron_schedule="@daily", job=j).name)
for label, name in {"space": "a b", "dash": "a-b", "reserved": "config", "empty dot": "a.b"}.items():
    with fails(label):
        dg.ScheduleDefinition(name, cron_schedule="@daily", job=j)
