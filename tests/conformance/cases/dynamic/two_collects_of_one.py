import dagster as dg
from observe import see

# One mapped output collected twice, and used by another map.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op
def plus(x):
    return x + 1


@dg.op
def total(xs):
    return sum(xs)


@dg.op
def join(a, b, c):
    return [a, b, c]


@dg.job
def j():
    mapped = numbers().map(plus)
    join(total(mapped.collect()), mapped.collect(), mapped.map(plus.alias("plus_again")).collect())


see("value", j.execute_in_process().output_for_node("join"))
