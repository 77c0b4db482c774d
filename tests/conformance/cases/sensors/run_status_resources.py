import dagster as dg
from observe import see

# Resources of the function of a sensor of runs.


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


class Store(dg.ConfigurableResource):
    key: str = "default"


@dg.resource
def older():
    return "older"


ok = j.execute_in_process(instance=INSTANCE)


@dg.run_status_sensor(run_status=dg.DagsterRunStatus.SUCCESS, request_job=j)
def s(context, store: Store):
    return dg.RunRequest(store.key)


context = dg.build_run_status_sensor_context(
    "s", ok.get_run_success_event(), INSTANCE, ok.dagster_run, resources={"store": Store(key="q")}
)
see("keys", sorted(s.required_resource_keys))
see("called", s(context).run_key)
