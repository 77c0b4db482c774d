import dagster as dg
from observe import fails, ran, see

# Optional outputs and empty dynamic outputs around map and collect.


@dg.op(out=dg.DynamicOut(is_required=False))
def nothing():
    return
    yield


@dg.op(out=dg.DynamicOut())
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(2, "b")


@dg.op(out=dg.Out(is_required=False))
def drop(x):
    return
    yield


@dg.op(out=dg.Out(is_required=False))
def drop_two(x):
    if x != 2:
        yield dg.Output(x)


@dg.op
def same(x):
    return x


@dg.op
def add(x, y):
    return x + y


@dg.op
def one():
    return 1


@dg.op(out=dg.Out(is_required=False))
def absent():
    return
    yield


@dg.op
def collect(xs):
    return xs


@dg.job
def empty_optional():
    collect(nothing().map(same).map(same.alias("again")).collect())


@dg.job
def all_skipped():
    same.alias("after")(collect(numbers().map(drop).map(same).collect()))


@dg.job
def some_skipped():
    collect(numbers().map(drop_two).collect())


@dg.job
def other_input_absent():
    y = absent()
    collect(numbers().map(lambda x: add(x, y)).collect())


@dg.job
def meets_skipped():
    collect(numbers().map(lambda x: add(same(x), drop_two(x))).collect())


@dg.job
def collect_beside_absent():
    add(numbers().map(same).collect(), absent())


@dg.job
def list_of_some():
    collect([absent(), one()])


@dg.job
def list_of_none():
    collect([absent(), absent.alias("too")()])


for job in (
    empty_optional,
    all_skipped,
    some_skipped,
    other_input_absent,
    meets_skipped,
    collect_beside_absent,
    list_of_some,
    list_of_none,
):
    result = job.execute_in_process(raise_on_error=False)
    ran(job.name, result)
    with fails(f"value of {job.name}"):
        see(f"seen by {job.name}", result.output_for_node("collect"))
