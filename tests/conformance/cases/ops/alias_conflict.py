import dagster as dg
from observe import fails, see

# Two invocations with the same alias, or two ops of one name.


@dg.op
def one():
    return 1


@dg.op(name="one")
def also_one():
    return 2


with fails("same alias"):

    @dg.job
    def j():
        one.alias("a")()
        one.alias("a")()

    see("aliases", sorted(j.graph.node_dict))

with fails("same name"):

    @dg.job
    def k():
        one()
        also_one()

    see("names", sorted(k.graph.node_dict))

with fails("alias like an op's name"):

    @dg.job
    def m():
        one.alias("other")()
        also_one()

    see("m names", sorted(m.graph.node_dict))

with fails("bad alias"):

    @dg.job
    def n():
        one.alias("a b")()
