import dagster as dg
from observe import see

# In which order one process runs steps that could all run.

order = []


def make(name, tags=None, ins=None):
    @dg.op(name=name, tags=tags, ins=ins)
    def inner(context):
        order.append(context.op.name)

    return inner


@dg.job
def j():
    make("zeta")()
    make("alpha")()
    make("mid", {"dagster/priority": "1"})()
    make("low", {"dagster/priority": "-1"})()
    make("high", {"dagster/priority": "10"})()


j.execute_in_process()
see("order", order)
order.clear()


@dg.op(ins={"after": dg.In(dg.Nothing)})
def next_one(context):
    order.append(context.op_handle.name)


@dg.op(out=dg.Out(dg.Nothing))
def first_one(context):
    order.append(context.op_handle.name)


@dg.job
def chains():
    for name in ("c", "a", "b"):
        next_one.alias(f"{name}2")(next_one.alias(f"{name}1")(first_one.alias(f"{name}0")()))


chains.execute_in_process()
see("chains", order)
order.clear()


@dg.job
def prioritized():
    first_one.alias("plain")()
    first_one.tag({"dagster/priority": "5"}).alias("tagged")()


prioritized.execute_in_process()
see("tags of a call", order)
