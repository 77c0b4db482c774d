import dagster as dg
from observe import ran

# An optional output and a function that returns None or a value.


@dg.op(out=dg.Out(is_required=False))
def none():
    return None


@dg.op(out=dg.Out(is_required=False))
def value():
    return 3


@dg.op
def use(x):
    return x


@dg.job
def j():
    use.alias("use_none")(none())
    use.alias("use_value")(value())


ran("run", j.execute_in_process(raise_on_error=False))
