import dagster as dg
from observe import fails

# Wrong outputs in direct invocation.

DIFFERS = {
    "unknown": "Dagster's KeyError is an accident; orch names the outputs there are",
}


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def short():
    return (1,)


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def missing():
    yield dg.Output(1, "a")


@dg.op
def wrong() -> int:
    return "a"


@dg.op
def raises():
    raise ValueError("text")


@dg.op
def unknown():
    yield dg.Output(1, "nope")


for one in (short, missing, wrong, raises, unknown):
    with fails(one.name):
        got = one()
        list(got) if hasattr(got, "__next__") else got
