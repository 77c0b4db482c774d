import dagster as dg
from observe import fails, ran, see

# Parts of a job by op selection.


@dg.op
def a():
    return 1


@dg.op
def b(x):
    return x + 1


@dg.op
def c(x):
    return x + 1


@dg.op(ins={"x": dg.In(int, default_value=100), "y": dg.In(int, default_value=7)})
def d(x, y):
    return x + y


@dg.job
def j():
    one = a()
    d(b(one), c(one))


for n, selection in enumerate([["a"], ["*b"], ["a+"], ["a*"], ["+d"], ["++d"], ["a", "d"], ["b+", "a"], ["*"]]):
    with fails(f"raises {n}"):
        result = j.execute_in_process(op_selection=selection)
        see(f"{n} {selection}", [e.step_key for e in result.all_events if e.is_step_success])
ran("only d", j.execute_in_process(op_selection=["d"]))
see("d", j.execute_in_process(op_selection=["d"]).output_for_node("d"))
with fails("an input of nobody"):
    j.execute_in_process(op_selection=["b"])
see(
    "given by config",
    j.execute_in_process({"ops": {"b": {"inputs": {"x": {"value": 5}}}}}, op_selection=["b"]).output_for_node("b"),
)
with fails("unknown"):
    j.execute_in_process(op_selection=["z"])
with fails("empty"):
    j.execute_in_process(op_selection=[])
sub = j.get_subset(op_selection=["a", "b"])
see("subset", [sub.name, sorted(node.name for node in sub.graph.nodes)])
see("run of subset", sub.execute_in_process().output_for_node("b"))
