import dagster as dg
from observe import fails, see, steps


@dg.op(out=dg.DynamicOut(int))
def gen():
    for i in range(3):
        yield dg.DynamicOutput(i, mapping_key=f"k{i}")


@dg.op
def sq(x):
    return x * x


@dg.op
def total(xs):
    return sum(xs)


@dg.job
def j():
    total(gen().map(sq).collect())


r = j.execute_in_process()
see("v", [r.output_for_node("total"), r.output_for_node("sq"), r.output_for_node("gen")])
see("steps", sorted(steps(r)))
see("events", [e.event_type_value for e in r.events_for_node("sq")][:4])


@dg.graph_asset
def ga():
    return total(gen().map(sq).collect())


see("ga", dg.materialize([ga]).output_for_node("ga"))
with fails("not dynamic"):

    @dg.job
    def k():
        sq(sq(gen()))
