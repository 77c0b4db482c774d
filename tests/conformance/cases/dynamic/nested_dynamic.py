import dagster as dg
from observe import fails

# A dynamic output below another is refused.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")


@dg.op(out=dg.DynamicOut())
def more(x):
    yield dg.DynamicOutput(x, "b")


@dg.op
def same(x):
    return x


with fails("map in map"):

    @dg.job
    def j():
        numbers().map(more).map(same)


with fails("dynamic op below a dynamic op"):

    @dg.job
    def k():
        numbers().map(more)


with fails("two dynamic sources of one step"):

    @dg.op
    def add(x, y):
        return x + y

    @dg.job
    def m():
        ys = numbers.alias("other")()
        numbers().map(lambda x: ys.map(lambda y: add(x, y)))
