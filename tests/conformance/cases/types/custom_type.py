import dagster as dg
from observe import ran, see

# A DagsterType with a check of its own.


def is_even(context, value):
    return isinstance(value, int) and value % 2 == 0


Even = dg.DagsterType(name="Even", type_check_fn=is_even, description="divisible by two")


@dg.op(out=dg.Out(Even))
def good():
    return 2


@dg.op(out=dg.Out(Even))
def bad():
    return 3


@dg.op(ins={"x": dg.In(Even)})
def take(x):
    return x


@dg.op
def three():
    return 3


@dg.job
def j():
    take(good())
    bad()
    take.alias("take_three")(three())


see("name", Even.display_name)
see("key", Even.key)
see("description", Even.description)
ran("run", j.execute_in_process(raise_on_error=False))
