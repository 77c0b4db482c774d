import dagster as dg
from observe import fails, see

# Several cron strings.


@dg.op
def one(): ...


@dg.job
def j():
    one()


see("kept", dg.ScheduleDefinition("s", cron_schedule=["@daily", "0 * * * *"], job=j).cron_schedule)
see("one", dg.ScheduleDefinition("s", cron_schedule=["@daily"], job=j).cron_schedule)
for label, cron in {"empty": [], "one bad": ["@daily", "bad"], "a number": 5, "none": None}.items():
    with fails(label):
        dg.ScheduleDefinition("s", cron_schedule=cron, job=j)
