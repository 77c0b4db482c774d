import dagster as dg
from observe import ran, see

# Two dynamic outputs of one op.


@dg.op(out={"xs": dg.DynamicOut(), "ys": dg.DynamicOut()})
def both():
    yield dg.DynamicOutput(1, "a", output_name="xs")
    yield dg.DynamicOutput(2, "b", output_name="xs")
    yield dg.DynamicOutput(10, "a", output_name="ys")


@dg.op
def one(x):
    return x


@dg.op
def two(y):
    return y


@dg.op
def collect(xs, ys):
    return [xs, ys]


@dg.job
def j():
    xs, ys = both()
    collect(xs.map(one).collect(), ys.map(two).collect())


result = j.execute_in_process()
ran("run", result)
see("value", result.output_for_node("collect"))
see("xs", result.output_for_node("both", "xs"))
