import dagster as dg
from observe import fails

# Which cron strings are accepted.


@dg.op
def one(): ...


@dg.job
def j():
    one()


for cron in (
    "@daily", "@hourly", "@weekly", "@monthly", "@yearly", "@annually", "@midnight", "0 9 * * *", "*/5 * * * *", "0 0 * * mon-fri",
    "0 0 29 2 *", "0 0 1,15 * 3", "0 0 L * *", "0 0 * * 7", "0 0 * * 1#2", "  0 0 * * * ", "bad", "", "0 0 * * * *", "61 * * * *",
    "0 24 * * *", "@every 5m", "@reboot", "0 0 31 2 *", "0 0 * *", "0 0 32 * *", "0 0 * 13 *", "-1 * * * *", "a b c d e",
):  # fmt: skip
    with fails(repr(cron)):
        dg.ScheduleDefinition("s", cron_schedule=cron, job=j)
