import dagster as dg
from observe import fails, see

# What is refused as a resource.


@dg.asset(required_resource_keys={"r"})
def a(context):
    return type(context.resources.r).__name__


for label, value in {
    "function": lambda: 1,
    "number": 3,
    "list": [1],
    "module": __import__("json"),
    "class": int,
}.items():
    with fails(label):
        see(f"kind of {label}", dg.materialize([a], resources={"r": value}).output_for_node("a"))
with fails("bad key"):
    dg.Definitions.validate_loadable(dg.Definitions(resources={"a b": 1}))
with fails("number key"):
    dg.Definitions(resources={1: 1})
with fails("resources is a list"):
    dg.Definitions(resources=[1])
