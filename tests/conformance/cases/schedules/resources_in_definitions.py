import dagster as dg
from observe import fails

DIFFERS = {
    "missing": "Dagster finds it at the first tick, orch when the code is loaded",
}

# A schedule whose resource is missing.


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


D = dg.Definitions
with fails("there"):
    D.validate_loadable(D(schedules=[s], resources={"store": Store()}))
with fails("missing"):
    D.validate_loadable(D(schedules=[s]))
