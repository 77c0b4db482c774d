import dagster as dg
from observe import ran, see

# Aliases, fan-in, Nothing and nested graphs together.


@dg.op
def start():
    return 1


@dg.op
def add(x, y=10):
    return x + y


@dg.op
def total(xs):
    return sum(xs)


@dg.op(ins={"after": dg.In(dg.Nothing)})
def report():
    return "done"


@dg.graph
def branch(x):
    return add(add.alias("first")(x))


@dg.graph(out={"sum": dg.GraphOut(), "report": dg.GraphOut()})
def whole(x):
    left, right = branch.alias("left")(x), branch.alias("right")(x)
    summed = total([left, right, x])
    return {"sum": summed, "report": report([left, right, summed])}


@dg.job
def j():
    whole(start())


result = j.execute_in_process()
ran("run", result)
see("sum", result.output_for_node("whole", "sum"))
see("report", result.output_for_node("whole.report"))
