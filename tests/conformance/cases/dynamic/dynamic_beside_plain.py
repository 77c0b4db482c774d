import dagster as dg
from observe import ran, see

# A dynamic and a plain output of one op.


@dg.op(out={"n": dg.Out(int), "xs": dg.DynamicOut(int)})
def both():
    yield dg.Output(100, "n")
    yield dg.DynamicOutput(1, "a", output_name="xs")
    yield dg.DynamicOutput(2, "b", output_name="xs")


@dg.op
def add(x, n):
    return x + n


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    n, xs = both()
    collect(xs.map(lambda x: add(x, n)).collect())


result = j.execute_in_process()
ran("run", result)
see("value", result.output_for_node("collect"))
