import dagster as dg
from observe import see

# What a schedule says of itself.


@dg.op
def one(): ...


@dg.job
def j():
    one()


@dg.schedule(
    ["0 9 * * *"], job=j, execution_timezone="Asia/Seoul", description="for people", tags={"a": "1", "n": 2},
    metadata={"m": 1}, default_status=dg.DefaultScheduleStatus.RUNNING, required_resource_keys={"r"},
)  # fmt: skip
def morning(context):
    return dg.RunRequest()


see("all", [morning.name, morning.cron_schedule, morning.execution_timezone, morning.description, morning.job_name])
see("tags", dict(morning.tags))
see("metadata", morning.metadata["m"].value)
see("status", morning.default_status.value)
see("resources", sorted(morning.required_resource_keys))
see("job", morning.job.name)
plain = dg.ScheduleDefinition(cron_schedule="@daily", job=j)
see(
    "defaults",
    [plain.default_status.value, plain.description, plain.execution_timezone, dict(plain.tags), dict(plain.metadata)],
)
see("statuses", [one.value for one in dg.DefaultScheduleStatus])
