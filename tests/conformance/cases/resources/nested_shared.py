import dagster as dg
from observe import fails, see

# A resource both inside another and top level, configured at launch.


class Key(dg.ConfigurableResource):
    value: str


class Lock(dg.ConfigurableResource):
    key: Key


@dg.asset
def a(lock: Lock):
    return lock.key.value


key = Key.configure_at_launch()
run_config = {"resources": {"key": {"config": {"value": "late"}}}}
see(
    "value",
    dg.materialize([a], resources={"lock": Lock(key=key), "key": key}, run_config=run_config).output_for_node("a"),
)
with fails("key is no resource of its own"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[a], resources={"lock": Lock(key=key)}))
with fails("key is not top level"):
    dg.materialize([a], resources={"lock": Lock(key=key)})
