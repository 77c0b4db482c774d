import dagster as dg
from observe import fails, see

# Calling the function of a sensor of runs.


@dg.op
def one(): ...


@dg.job
def j():
    one()


def told(sensor, context=None):
    found = sensor.evaluate_tick(context or dg.build_sensor_context(instance=INSTANCE))
    requests = [[r.run_key, r.run_config, dict(r.tags), r.job_name] for r in found.run_requests]
    return [requests, bool(found.skip_message), found.cursor]


INSTANCE = dg.DagsterInstance.ephemeral()


@dg.op
def breaks():
    raise ValueError("no")


@dg.job
def broken():
    breaks()


ok = j.execute_in_process(instance=INSTANCE)
ko = broken.execute_in_process(instance=INSTANCE, raise_on_error=False)
BUILD = dg.build_run_status_sensor_context


@dg.run_status_sensor(run_status=dg.DagsterRunStatus.SUCCESS, request_job=j)
def succeeded(context):
    return dg.RunRequest(context.dagster_run.job_name)


@dg.run_failure_sensor(request_job=j)
def failed(context):
    return dg.RunRequest(",".join(event.step_key for event in context.get_step_failure_events()))


good = BUILD("succeeded", ok.get_run_success_event(), INSTANCE, ok.dagster_run)
bad = BUILD("failed", ko.get_run_failure_event(), INSTANCE, ko.dagster_run)
see("succeeded", succeeded(good).run_key)
see("failed", failed(bad.for_run_failure()).run_key)
see("failed without saying so", failed(bad).run_key)
see("context", [good.sensor_name, good.dagster_run.job_name, good.dagster_event.event_type_value, good.partition_key])
see("instance", good.instance is INSTANCE)
with fails("no context"):
    succeeded()
with fails("another context"):
    succeeded(dg.build_sensor_context(INSTANCE))
see(
    "classes",
    [isinstance(good, dg.RunStatusSensorContext), isinstance(bad.for_run_failure(), dg.RunFailureSensorContext)],
)
