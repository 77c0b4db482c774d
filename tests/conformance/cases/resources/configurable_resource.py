import dagster as dg
from observe import fails, ran, see

# A configurable resource is given to who names it.


class Box(dg.ConfigurableResource):
    size: int
    colour: str = "red"

    def describe(self) -> str:
        return f"{self.colour} box of {self.size}"


@dg.asset
def a(box: Box):
    return box.describe()


@dg.asset(required_resource_keys={"box"})
def b(context):
    return context.resources.box.describe()


see("keys", [a.required_resource_keys, b.required_resource_keys])
see("inputs", a.keys_by_input_name)
result = dg.materialize([a, b], resources={"box": Box(size=3)})
ran("run", result)
see("values", [result.output_for_node("a"), result.output_for_node("b")])
with fails("missing"):
    dg.materialize([a])
with fails("wrong size"):
    Box(size="big")
with fails("no size"):
    Box()
with fails("unknown field"):
    Box(size=1, weight=2)
with fails("class instead of object"):
    dg.materialize([a], resources={"box": Box})
