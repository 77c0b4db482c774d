import dagster as dg
from observe import see

# Only the resources that a run needs are started.

order = []


class Box(dg.ConfigurableResource):
    name: str

    def setup_for_execution(self, context):
        order.append(self.name)


@dg.asset(required_resource_keys={"one"})
def a() -> None: ...


@dg.asset(required_resource_keys={"two"}, deps=[a])
def b() -> None: ...


boxes = {"one": Box(name="one"), "two": Box(name="two"), "three": Box(name="three")}
dg.materialize([a, b], resources=boxes, selection=["b"])
see("only b", list(order))
order.clear()
dg.materialize([a, b], resources=boxes)
see("both", sorted(order))
