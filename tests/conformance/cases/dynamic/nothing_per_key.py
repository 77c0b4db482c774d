import dagster as dg
from observe import ran, see

# Mapped steps that only have to be done before the next one starts.

order = []


@dg.op(out=dg.DynamicOut())
def keys():
    for key in ("c", "a", "b"):
        yield dg.DynamicOutput(key, key)


@dg.op(out=dg.Out(dg.Nothing))
def store(key):
    order.append(key)


@dg.op(ins={"start": dg.In(dg.Nothing)})
def publish():
    order.append("published")
    return len(order)


@dg.job
def j():
    publish(start=keys().map(store).collect())


result = j.execute_in_process()
ran("run", result)
see("order", order)
see("published", result.output_for_node("publish"))
