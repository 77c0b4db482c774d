import dagster as dg
from observe import fails, ran, see

# Unconnected inputs of the outermost graph by input_values.


@dg.op
def add(a, b):
    return a + b


@dg.graph
def g(x, y):
    return add(x, y)


result = g.execute_in_process(input_values={"x": 1, "y": 2})
see("value", result.output_value())
ran("run", result)
job = g.to_job(input_values={"x": 3, "y": 4})
see("from to_job", job.execute_in_process().output_value())
see("override", job.execute_in_process(input_values={"x": 5}).output_value())
with fails("missing"):
    g.execute_in_process(input_values={"x": 1})
with fails("unknown"):
    g.execute_in_process(input_values={"x": 1, "y": 2, "z": 3})
