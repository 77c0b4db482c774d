import dagster as dg
from observe import fails, see

# Resources inside resources.


class Key(dg.ConfigurableResource):
    value: str


class Lock(dg.ConfigurableResource):
    key: Key
    count: int = 1


class House(dg.ConfigurableResource):
    lock: Lock


@dg.asset
def a(house: House):
    return [house.lock.key.value, house.lock.count]


see(
    "value",
    dg.materialize([a], resources={"house": House(lock=Lock(key=Key(value="k"), count=2))}).output_for_node("a"),
)
with fails("plain value inside"):
    Lock(key="k")
