import dagster as dg
from observe import see

# Calling a dynamic op directly.


@dg.op(out=dg.DynamicOut())
def yielding():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op(out=dg.DynamicOut())
def returning():
    return [dg.DynamicOutput(1, "a"), dg.DynamicOutput(2, "b")]


got = list(yielding())
see("values", [o.value for o in got])
see("keys", [o.mapping_key for o in got])
see("names", [o.output_name for o in got])
see("returned", [o.mapping_key for o in returning()])
see("equal", dg.DynamicOutput(1, "a") == dg.DynamicOutput(1, "a"))
