import dagster as dg
from observe import ran, see

# from_op of an op with several outputs.


@dg.op(out={"a": dg.Out(), "b": dg.Out(is_required=False)})
def pair():
    yield dg.Output(1, "a")


made = dg.AssetsDefinition.from_op(pair)
see("keys", sorted(made.keys))
result = dg.materialize([made])
ran("run", result)
