import dagster as dg
from observe import fails, ran, see

# Inputs of the outermost graph are given to the run.


@dg.op
def add(x: int, y: int) -> int:
    return x + y


@dg.op
def double(x: int) -> int:
    return x * 2


@dg.graph
def g(x, y):
    return double(add(x, y))


see("of the graph", g.execute_in_process(input_values={"x": 1, "y": 2}).output_value())
job = g.to_job(name="made", input_values={"x": 10, "y": 20})
ran("of the job", job.execute_in_process())
see("replaced", job.execute_in_process(input_values={"y": 1}).output_for_node("double"))
see(
    "by config",
    g.to_job(name="by_config").execute_in_process({"inputs": {"x": 3, "y": {"value": 4}}}).output_for_node("double"),
)
with fails("missing"):
    g.execute_in_process()
with fails("unknown"):
    g.execute_in_process(input_values={"x": 1, "y": 2, "z": 3})
with fails("of a wrong type"):
    g.execute_in_process(input_values={"x": "one", "y": 2})
with fails("unknown at the job"):
    g.to_job(name="unknown", input_values={"z": 3})


@dg.job
def with_inputs(x):
    double(x)


see("job function with a parameter", with_inputs.execute_in_process(input_values={"x": 4}).output_for_node("double"))
see("and by config", with_inputs.execute_in_process({"inputs": {"x": 5}}).output_for_node("double"))
