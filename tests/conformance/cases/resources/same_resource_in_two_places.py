import dagster as dg
from observe import see

# A resource nested in two others is started for each.

order = []


class Key(dg.ConfigurableResource):
    name: str

    def setup_for_execution(self, context):
        order.append(f"key {self.name}")


class Door(dg.ConfigurableResource):
    key: Key

    def setup_for_execution(self, context):
        order.append(f"door with {self.key.name}")


@dg.asset
def a(front: Door, back: Door, key: Key) -> None:
    order.append("a")


key = Key(name="k")
dg.materialize([a], resources={"front": Door(key=key), "back": Door(key=key), "key": key})
see("order", order)
