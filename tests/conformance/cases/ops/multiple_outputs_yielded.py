import dagster as dg
from observe import ran, see

# Several outputs yielded in another order than declared.


@dg.op(out={"first": dg.Out(int), "second": dg.Out(str)})
def two():
    yield dg.Output("b", "second")
    yield dg.Output(1, "first")


@dg.job
def j():
    two()


result = j.execute_in_process()
ran("run", result)
see("first", result.output_for_node("two", "first"))
