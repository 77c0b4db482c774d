import dagster as dg
from observe import fails

# A dynamic output given to an op without map or collect.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")


@dg.op
def plus(x):
    return x + 1


with fails("direct"):

    @dg.job
    def j():
        plus(numbers())


with fails("map with a plain function"):

    @dg.job
    def k():
        numbers().map(lambda x: None)


with fails("map of a plain output"):

    @dg.job
    def m():
        plus.alias("p")(numbers.alias("n")().map(plus).collect().map(plus))


with fails("in a list"):

    @dg.job
    def n():
        plus([numbers()])
