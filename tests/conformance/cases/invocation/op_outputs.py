import dagster as dg
from observe import see

# What a direct call of ops with outputs returns.


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def pair():
    return 1, 2


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def yielding():
    yield dg.Output(1, "a")
    yield dg.Output(2, "b")


@dg.op
def one_output():
    return dg.Output(5, metadata={"n": 1})


@dg.op
def single():
    yield dg.Output(5)


see("pair", pair())
got = list(yielding())
see("yielded", [[o.output_name, o.value] for o in got])
made = one_output()
see("output", [type(made).__name__, made.value, made.metadata])
see("single", [o.value for o in single()])
