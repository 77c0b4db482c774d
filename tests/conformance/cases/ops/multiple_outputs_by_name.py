import dagster as dg
from observe import see

# The handles of several outputs by attribute and by position.


@dg.op(out={"first": dg.Out(int), "second": dg.Out(str)})
def two():
    return 1, "b"


@dg.op
def use(a):
    return a


@dg.job
def j():
    got = two()
    use.alias("u1")(got.second)
    use.alias("u2")(got[0])
    see("type", type(got).__name__ == "InvokedNodeDynamicOutputWrapper")
    see("fields", got._fields)


result = j.execute_in_process()
see("u1", result.output_for_node("u1"))
see("u2", result.output_for_node("u2"))
