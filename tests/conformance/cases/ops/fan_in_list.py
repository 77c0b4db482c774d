import dagster as dg
from observe import ran, see

# A list of handles is one input.


@dg.op
def one():
    return 1


@dg.op
def two():
    return 2


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect([two(), one(), one.alias("uno")()])


result = j.execute_in_process()
ran("run", result)
see("value", result.output_for_node("collect"))
