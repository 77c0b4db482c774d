import dagster as dg
from observe import fails, see

# Resources of the function of a sensor.


@dg.op
def one(): ...


@dg.job
def j():
    one()


class Store(dg.ConfigurableResource):
    key: str = "default"


@dg.resource
def older():
    return "older"


def told(sensor, context=None):
    found = sensor.evaluate_tick(context or dg.build_sensor_context(instance=INSTANCE))
    requests = [[r.run_key, r.run_config, dict(r.tags), r.job_name] for r in found.run_requests]
    return [requests, bool(found.skip_message), found.cursor]


INSTANCE = dg.DagsterInstance.ephemeral()


B = dg.build_sensor_context


@dg.sensor(job=j)
def s(context, store: Store):
    return dg.RunRequest(store.key)


@dg.sensor(job=j)
def only(store: Store):
    return dg.RunRequest(store.key)


@dg.sensor(job=j, required_resource_keys={"old"})
def by_key(context):
    return dg.RunRequest(context.resources.old)


see("keys", [sorted(s.required_resource_keys), sorted(by_key.required_resource_keys)])
see("in the context", s(B(resources={"store": Store(key="a")})).run_key)
see("by name", s(B(), store=Store(key="b")).run_key)
see("no context", [only(B(resources={"store": Store(key="a")})).run_key, only(store=Store(key="c")).run_key])
see("tick", told(s, B(INSTANCE, resources={"store": Store(key="a")})))
see("tick by key", told(by_key, B(INSTANCE, resources={"old": older})))
with fails("missing"):
    s(B())
with fails("missing by key"):
    by_key(B())
