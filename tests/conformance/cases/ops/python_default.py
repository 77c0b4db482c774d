import dagster as dg
from observe import ran, see

# A Python default is used when the input is not connected.


@dg.op
def add(a: int, b: int = 10):
    return a + b


@dg.op
def one():
    return 1


@dg.job
def j():
    add(one())
    add.alias("both")(one(), one.alias("two")())


result = j.execute_in_process()
see("default used", result.output_for_node("add"))
see("default not used", result.output_for_node("both"))
ran("run", result)
