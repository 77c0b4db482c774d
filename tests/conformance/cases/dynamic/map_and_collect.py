import dagster as dg
from observe import ran, see

# A dynamic output mapped over and collected.


@dg.op(out=dg.DynamicOut())
def numbers():
    for i in range(3):
        yield dg.DynamicOutput(i, mapping_key=f"n{i}")


@dg.op
def double(x):
    return x * 2


@dg.op
def total(xs):
    return sum(xs)


@dg.job
def j():
    total(numbers().map(double).collect())


result = j.execute_in_process()
ran("run", result)
see("mapped", result.output_for_node("double"))
see("total", result.output_for_node("total"))
see("dynamic", result.output_for_node("numbers"))
