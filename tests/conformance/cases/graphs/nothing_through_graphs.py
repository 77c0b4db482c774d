import dagster as dg
from observe import ran, see

# Graphs that only wait and that only are waited for.

order = []


@dg.op(ins={"start": dg.In(dg.Nothing)}, out=dg.Out(dg.Nothing))
def step(context):
    order.append(str(context.op_handle))


@dg.graph
def stage(start):
    return step.alias("second")(step.alias("first")(start))


@dg.graph
def two_stages(start):
    return stage.alias("b")(stage.alias("a")(start))


@dg.op(out=dg.Out(dg.Nothing))
def begin():
    order.append("begin")


@dg.job
def j():
    stage.alias("last")([two_stages(begin()), stage.alias("side")(begin.alias("begin_too")())])


result = j.execute_in_process()
ran("run", result)
see("order", order)
