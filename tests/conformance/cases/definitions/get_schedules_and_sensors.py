import dagster as dg
from observe import fails, see

# Schedules and sensors in Definitions are looked up by name.


@dg.op
def one(): ...


@dg.job
def j():
    one()


@dg.schedule(job=j, cron_schedule="@daily")
def daily():
    return dg.RunRequest()


@dg.sensor(job=j)
def watcher():
    return dg.SkipReason("no")


defs = dg.Definitions(jobs=[j], schedules=[daily], sensors=[watcher])
see("schedule", defs.resolve_schedule_def("daily").name)
see("sensor", defs.resolve_sensor_def("watcher").name)
see("older spelling", [defs.get_schedule_def("daily").name, defs.get_sensor_def("watcher").name])
with fails("unknown schedule"):
    defs.resolve_schedule_def("nope")
with fails("unknown sensor"):
    defs.resolve_sensor_def("nope")
with fails("schedule of an unknown job"):
    dg.Definitions.validate_loadable(
        dg.Definitions(schedules=[dg.ScheduleDefinition(name="s", cron_schedule="@daily", job_name="nope")])
    )
