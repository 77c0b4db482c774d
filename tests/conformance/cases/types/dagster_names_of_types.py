import dagster as dg
from observe import fails, see

# dg.Int, dg.String and the others as types.


@dg.op(
    ins={"a": dg.In(dg.Int), "b": dg.In(dg.String), "c": dg.In(dg.Float), "d": dg.In(dg.Bool), "e": dg.In(dg.Any)},
    out=dg.Out(dg.Any),
)
def show(a, b, c, d, e):
    return [a, b, c, d, e]


see("names", [show.ins[k].dagster_type.display_name for k in "abcde"])


@dg.graph
def g(a, b, c, d, e):
    return show(a, b, c, d, e)


see("run", g.execute_in_process(input_values={"a": 1, "b": "b", "c": 1.5, "d": True, "e": None}).output_value())
with fails("wrong"):
    g.execute_in_process(input_values={"a": "x", "b": "b", "c": 1.5, "d": True, "e": None})
