import dagster as dg
from observe import fails, see

# Things in Definitions are looked up by name.


@dg.asset
def a(): ...


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


asset_job = dg.define_asset_job("aj", selection=[a])
defs = dg.Definitions(assets=[a], jobs=[j, asset_job], schedules=[daily], sensors=[watcher])
see("job", defs.resolve_job_def("j").name)
see("asset job", type(defs.resolve_job_def("aj")).__name__)
see("schedule", defs.resolve_schedule_def("daily").name)
see("sensor", defs.resolve_sensor_def("watcher").name)
see("all jobs", sorted(job.name for job in defs.resolve_all_job_defs()))
see(
    "old spelling",
    [defs.get_job_def("j").name, defs.get_schedule_def("daily").name, defs.get_sensor_def("watcher").name],
)
for label, get in {
    "job": lambda: defs.resolve_job_def("nope"),
    "schedule": lambda: defs.resolve_schedule_def("nope"),
    "sensor": lambda: defs.resolve_sensor_def("nope"),
}.items():
    with fails(f"unknown {label}"):
        get()
see("has implicit job", defs.has_implicit_global_asset_job_def())
see("implicit job", defs.resolve_implicit_global_asset_job_def().name)
