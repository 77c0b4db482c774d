import dagster as dg
from observe import fails, see

# Which time zones are accepted.


@dg.op
def one(): ...


@dg.job
def j():
    one()


for zone in ("Asia/Seoul", "UTC", "US/Pacific", "Mars/Phobos", "Asia/Seul", ""):
    with fails(repr(zone)):
        dg.ScheduleDefinition("s", cron_schedule="@daily", job=j, execution_timezone=zone)
see(
    "kept",
    dg.ScheduleDefinition("s", cron_schedule="@daily", job=j, execution_timezone="Asia/Seoul").execution_timezone,
)
see("left out", dg.ScheduleDefinition("s", cron_schedule="@daily", job=j).execution_timezone)
