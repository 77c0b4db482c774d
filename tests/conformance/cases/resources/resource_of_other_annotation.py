import dagster as dg
from observe import see

# A resource whose class is not the annotated one.


class Box(dg.ConfigurableResource):
    size: int = 1


class Bag(dg.ConfigurableResource):
    size: int = 2


@dg.asset
def a(box: Box):
    return [type(box).__name__, box.size]


see("other class", dg.materialize([a], resources={"box": Bag()}).output_for_node("a"))
see("plain", dg.materialize([a], resources={"box": Box()}).output_for_node("a"))


@dg.asset
def optional(box: Box | None): ...


see("union annotation", [optional.keys_by_input_name, sorted(optional.required_resource_keys)])
