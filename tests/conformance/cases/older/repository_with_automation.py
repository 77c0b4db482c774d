import dagster as dg
from observe import see

# Schedules and sensors in a repository.


@dg.op
def one(): ...


@dg.job
def j():
    one()


@dg.schedule(job=j, cron_schedule="@daily")
def daily():
    return {}


@dg.sensor(job=j)
def watcher():
    return dg.SkipReason("no")


@dg.repository
def repo():
    return [j, daily, watcher]


see("schedules", [s.name for s in repo.schedule_defs])
see("sensors", [s.name for s in repo.sensor_defs])
see("lookup", [repo.get_schedule_def("daily").name, repo.get_sensor_def("watcher").name])
