import dagster as dg
from observe import fails

# A handle made in one body used in another.

kept = []


@dg.op
def one():
    return 1


@dg.op
def plus(x):
    return x + 1


@dg.graph
def first():
    handle = one()
    kept.append(handle)
    return handle


with fails("use it elsewhere"):

    @dg.graph
    def second():
        return plus(kept[0])
