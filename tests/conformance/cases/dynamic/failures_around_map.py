import dagster as dg
from observe import fails, ran, see

# What fails before, beside and after a map, and what runs nevertheless.


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")
    yield dg.DynamicOutput(3, "c")


@dg.op(out=dg.DynamicOut())
def breaks():
    yield dg.DynamicOutput(1, "a")
    raise ValueError


@dg.op
def bad():
    raise ValueError


@dg.op
def one():
    return 1


@dg.op
def odd(x):
    if x == 2:
        raise ValueError
    return x


@dg.op
def same(x):
    return x


@dg.op
def add(x, y):
    return x + y


@dg.op
def collect(xs):
    return xs


@dg.job
def source_breaks():
    collect(breaks().map(same).collect())


@dg.job
def a_copy_fails():
    same.alias("end")(collect(numbers().map(odd).map(same).collect()))


@dg.job
def other_input_fails():
    y = bad()
    collect(numbers().map(lambda x: add(x, y)).collect())


@dg.job
def other_input_of_second():
    y = one()
    collect(numbers().map(lambda x: add(same(x), y)).collect())


@dg.job
def two_collectors():
    made = numbers().map(odd)
    collect(made.collect())
    collect.alias("all")(numbers.alias("more")().map(same).collect())


for job in (source_breaks, a_copy_fails, other_input_fails, other_input_of_second, two_collectors):
    result = job.execute_in_process(raise_on_error=False)
    ran(job.name, result)
    with fails(f"value of {job.name}"):
        see(f"seen by {job.name}", result.output_for_node("collect"))
with fails("all of two collectors"):
    see("all", result.output_for_node("all"))
