import dagster as dg
from observe import ran, see

# An input with a manager of its own.


@dg.input_manager
def fixed(context):
    return 41


@dg.op(ins={"x": dg.In(input_manager_key="fixed")})
def plus(x):
    return x + 1


@dg.op
def one():
    return 1


@dg.job(resource_defs={"fixed": fixed})
def unconnected():
    plus()


@dg.job(resource_defs={"fixed": fixed})
def connected():
    plus(one())


result = unconnected.execute_in_process()
ran("unconnected", result)
see("value", result.output_for_node("plus"))
see("connected", connected.execute_in_process().output_for_node("plus"))
