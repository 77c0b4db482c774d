import dagster as dg
from observe import ran, see

# Collecting a dynamic output without mapping.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(numbers().collect())


result = j.execute_in_process()
ran("run", result)
see("value", result.output_for_node("collect"))
