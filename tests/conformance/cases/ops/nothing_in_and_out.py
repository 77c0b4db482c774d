import dagster as dg
from observe import ran, see

# Order without a value, through Nothing.

order = []


@dg.op(out=dg.Out(dg.Nothing))
def first():
    order.append("first")


@dg.op(ins={"start": dg.In(dg.Nothing)})
def second():
    order.append("second")
    return 2


@dg.job
def j():
    second(start=first())


result = j.execute_in_process()
ran("run", result)
see("order", order)
see("output of first", result.output_for_node("first"))
see("output of second", result.output_for_node("second"))
