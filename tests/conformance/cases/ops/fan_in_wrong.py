import dagster as dg
from observe import fails, see

# Lists a fan-in refuses.


@dg.op
def one():
    return 1


@dg.op
def collect(xs):
    return xs


with fails("a literal in the list"):

    @dg.job
    def j():
        collect([one(), 5])


with fails("an empty list"):

    @dg.job
    def k():
        collect([])

    see("empty", k.execute_in_process().output_for_node("collect"))

with fails("a tuple"):

    @dg.job
    def m():
        collect((one(), one.alias("b")()))


with fails("list of one"):

    @dg.job
    def n():
        collect([one()])

    see("one", n.execute_in_process().output_for_node("collect"))
