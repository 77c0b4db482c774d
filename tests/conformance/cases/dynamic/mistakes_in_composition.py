import dagster as dg
from observe import fails, see

# What cannot be composed out of dynamic outputs.


@dg.op(out=dg.DynamicOut())
def many():
    yield dg.DynamicOutput(1, "a")


@dg.op
def use(x):
    return x


@dg.op
def pair(x, y):
    return x, y


with fails("not mapped"):

    @dg.job
    def direct():
        use(many())


with fails("two dynamic inputs"):

    @dg.job
    def two():
        xs = many()
        ys = many.alias("more")()
        xs.map(lambda x: ys.map(lambda y: pair(x, y)))


with fails("dynamic in a list"):

    @dg.job
    def listed():
        use([many(), many.alias("more")()])


with fails("mapped twice dynamic"):

    @dg.op(out=dg.DynamicOut())
    def more(x):
        yield dg.DynamicOutput(x, "b")

    @dg.job
    def nested():
        many().map(more)


with fails("map over a plain output"):

    @dg.job
    def plain():
        use(1).map(use)


with fails("collect of plain"):

    @dg.op
    def one():
        return 1

    @dg.job
    def collected():
        use(one().collect())


with fails("map with no function"):

    @dg.job
    def no_function():
        many().map(None)


with fails("key with a dot"):
    dg.DynamicOutput(1, "a.b")
with fails("key with a dash"):
    dg.DynamicOutput(1, "a-b")
with fails("empty key"):
    dg.DynamicOutput(1, "")
with fails("number as key"):
    dg.DynamicOutput(1, 5)
output = dg.DynamicOutput(1, mapping_key="a", output_name="x", metadata={"n": 1})
see("attributes", [output.value, output.mapping_key, output.output_name, output.metadata])
