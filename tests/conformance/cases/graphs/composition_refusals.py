import dagster as dg
from observe import fails, see

# What a graph's function may not do.

DIFFERS = {
    "several to one": "an output of a node that nobody can get is a mistake, it is not dropped",
    "iterating a single output": "the call site tells how many values are unpacked, so orch splits the returned tuple",
}


@dg.op
def one():
    return 1


@dg.op
def use(x):
    return x


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def two():
    return 1, 2


with fails("an output that is not mapped"):

    @dg.graph(out={"x": dg.GraphOut()})
    def missing():
        one()


with fails("returns a constant"):

    @dg.graph
    def constant():
        return 5


with fails("returns a list"):

    @dg.graph
    def listed():
        return [one()]


with fails("a dict without out"):

    @dg.graph
    def untold():
        return {"a": one()}


with fails("wrong names"):

    @dg.graph(out={"x": dg.GraphOut()})
    def misnamed():
        return {"y": one()}


with fails("several to one"):

    @dg.graph
    def several():
        return two()


with fails("attribute that is no output"):

    @dg.graph
    def attribute():
        return two().c


with fails("a handle of two outputs as an input"):

    @dg.graph
    def whole():
        use(two())


with fails("missing input at the job"):

    @dg.job
    def unconnected():
        use()


with fails("too many"):

    @dg.job
    def too_many():
        use(one(), one())


with fails("by a wrong name"):

    @dg.job
    def wrong_name():
        use(y=one())


with fails("iterating a single output"):

    @dg.job
    def iterated():
        a, b = one()


with fails("true of an output"):

    @dg.job
    def truth():
        if one() > 1:
            use(one())


with fails("a value computed"):

    @dg.job
    def computed():
        use(one() + 1)


with fails("op in a comprehension"):

    @dg.job
    def loop():
        for n in range(3):
            use.alias(f"use_{n}")(one())


with fails("same alias twice"):

    @dg.job
    def same():
        use.alias("u")(one())
        use.alias("u")(one())


with fails("calls itself"):

    @dg.graph
    def recursive():
        recursive()


with fails("job with required input"):

    @dg.job
    def with_input(x):
        use(x)

    with_input.execute_in_process(input_values={"x": 3})
see("end", True)
