import dagster as dg
from observe import fails, ran, see

# One mapped copy fails: the others run, what collects does not.


@dg.op(out=dg.DynamicOut())
def numbers():
    for i in range(3):
        yield dg.DynamicOutput(i, f"n{i}")


@dg.op
def check(x):
    if x == 1:
        raise ValueError("one")
    return x


@dg.op
def after(x):
    return x


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(numbers().map(check).map(after).collect())


result = j.execute_in_process(raise_on_error=False)
ran("run", result)
see("values", result.output_for_node("check"))
see("after", result.output_for_node("after"))
with fails("collected"):
    result.output_for_node("collect")
