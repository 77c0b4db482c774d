import dagster as dg
from observe import fails, ran

# The tag dagster/priority decides which of the steps that could run comes first.

DIFFERS = {
    "no number": "a mistake in the definition, said when it is made; Dagster fails in the run with a ValueError",
}


@dg.op
def a():
    return 1


@dg.op(tags={"dagster/priority": "3"})
def b():
    return 1


@dg.op(tags={"dagster/priority": "-1"})
def c(x):
    return 1


@dg.op
def d(x):
    return 1


@dg.op(tags={"dagster/priority": "not a number"})
def e():
    return 1


@dg.job
def j():
    c(a())
    d.alias("d1")(b())
    d.alias("d2").tag({"dagster/priority": "10"})(b.alias("b2")())


ran("run", j.execute_in_process())

with fails("no number"):

    @dg.job
    def k():
        e()
        a()

    ran("no number run", k.execute_in_process())
