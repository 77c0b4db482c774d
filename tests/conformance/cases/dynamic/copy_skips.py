import dagster as dg
from observe import fails, ran, see

# A mapped copy that gives no output skips what follows it.


@dg.op(out=dg.DynamicOut())
def numbers():
    for i in range(3):
        yield dg.DynamicOutput(i, f"n{i}")


@dg.op(out=dg.Out(is_required=False))
def odd(x):
    if x % 2:
        yield dg.Output(x)


@dg.op
def after(x):
    return x


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(numbers().map(odd).map(after).collect())


result = j.execute_in_process()
ran("run", result)
with fails("collected"):
    see("value", result.output_for_node("collect"))
