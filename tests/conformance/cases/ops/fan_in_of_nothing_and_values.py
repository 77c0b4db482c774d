import dagster as dg
from observe import fails, ran, see

# Lists of Nothing and lists of values as inputs of one op.

order = []


def step(name):
    @dg.op(name=name, out=dg.Out(dg.Nothing))
    def inner():
        order.append(name)

    return inner


@dg.op
def value(context):
    return context.op_handle.name


@dg.op(ins={"start": dg.In(dg.Nothing), "xs": dg.In(list[str])})
def finish(xs):
    return xs


@dg.job
def j():
    finish(start=[step("s1")(), step("s2")(), step("s3")()], xs=[value.alias("v2")(), value.alias("v1")()])


result = j.execute_in_process()
ran("run", result)
see("order", order)
see("xs in the order of the list", result.output_for_node("finish"))

with fails("a bare constant among them"):

    @dg.job
    def constant():
        finish(start=[step("s1")(), 5], xs=[])


with fails("an empty list"):

    @dg.job
    def empty():
        finish(start=step("s1")(), xs=[])

    empty.execute_in_process()
