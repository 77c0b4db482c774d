import dagster as dg
from observe import fails, see

# Resources of the function of a schedule.


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


@dg.schedule("@daily", job=j)
def s(context, store: Store):
    return dg.RunRequest(store.key)


@dg.schedule("@daily", job=j)
def only(store: Store):
    return dg.RunRequest(store.key)


@dg.schedule("@daily", job=j, required_resource_keys={"store"})
def by_key(context):
    return dg.RunRequest(context.resources.store.key)


B = dg.build_schedule_context
see("keys", [sorted(s.required_resource_keys), sorted(by_key.required_resource_keys)])
see("in the context", s(B(resources={"store": Store(key="a")})).run_key)
see("by name", s(B(), store=Store(key="b")).run_key)
see("by name wins", s(B(resources={"store": Store(key="a")}), store=Store(key="b")).run_key)
see("no context", [only(B(resources={"store": Store(key="a")})).run_key, only(store=Store(key="c")).run_key])
see("tick", s.evaluate_tick(B(resources={"store": Store(key="a")})).run_requests[0].run_key)
see("tick by key", by_key.evaluate_tick(B(resources={"store": Store(key="k")})).run_requests[0].run_key)
with fails("missing"):
    s(B())
with fails("missing by key"):
    by_key(B())
with fails("missing at a tick"):
    s.evaluate_tick(B())
with fails("by position"):
    s(B(), Store())


def both(context, store: Store): ...


with fails("said twice"):
    dg.schedule("@daily", job=j, required_resource_keys={"q"})(both)
