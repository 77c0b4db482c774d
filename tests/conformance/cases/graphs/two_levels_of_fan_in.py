import dagster as dg
from observe import see, steps

# A fan-in of graph outputs inside a graph, collected outside.


@dg.op
def one():
    return 1


@dg.op
def total(xs):
    return sum(xs)


@dg.graph
def three():
    return total([one(), one(), one()])


@dg.graph
def six():
    return total([three(), three.alias("other")()])


result = six.execute_in_process()
see("value", result.output_value())
see("steps", sorted(steps(result)))
