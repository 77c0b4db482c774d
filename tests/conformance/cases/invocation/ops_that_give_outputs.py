import dagster as dg
import asyncio

from observe import fails, see

# Calling ops as functions: what they give back.

DIFFERS = {"unknown": "an argument that nobody takes is a mistake, it is not dropped"}


@dg.op
def with_output() -> dg.Output[int]:
    return dg.Output(1, metadata={"a": 1})


@dg.op(out={"a": dg.Out(), "b": dg.Out(is_required=False)})
def several():
    yield dg.Output(1, "a")
    yield dg.AssetMaterialization("x")


@dg.op(out={"a": dg.Out(int), "b": dg.Out(str)})
def as_tuple():
    return 1, "b"


@dg.op
async def later(x: int):
    await asyncio.sleep(0)
    return x + 1


@dg.op
async def later_many():
    yield dg.Output(1)


@dg.op(out=dg.Out(int))
def wrong():
    return "a"


@dg.op(ins={"x": dg.In(int), "start": dg.In(dg.Nothing)}, out=dg.Out(dg.Nothing))
def waits(x):
    pass


@dg.op(ins={"x": dg.In(int, default_value=4)})
def default(x, y=5):
    return x + y


output = with_output()
see("output", [type(output).__name__, output.value, output.metadata])
see("several", [type(e).__name__ for e in several()])
see("tuple", as_tuple())
see("later", asyncio.run(later(1)))


async def collect():
    return [o.value async for o in later_many()]


see("later many", asyncio.run(collect()))
with fails("wrong"):
    wrong()
see("waits", waits(3))
with fails("nothing by keyword"):
    waits(x=3, start=None)
see("default", [default(), default(1), default(y=1)])
with fails("too many"):
    default(1, 2, 3)
with fails("unknown"):
    default(z=1)


@dg.graph
def g():
    with_output()


@dg.job
def j():
    with_output()


with fails("graph called"):
    g()
with fails("job called"):
    j()
see("alias called", default.alias("other")(1, 1))
