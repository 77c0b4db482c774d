import dagster as dg
from observe import ran, see

import asyncio

# An async op and an async generator op.


@dg.op
async def slow():
    await asyncio.sleep(0)
    return 3


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
async def several():
    yield dg.Output(1, "a")
    await asyncio.sleep(0)
    yield dg.Output(2, "b")


@dg.op
def add(a, b, c):
    return a + b + c


@dg.job
def j():
    a, b = several()
    add(slow(), a, b)


result = j.execute_in_process()
ran("run", result)
see("value", result.output_for_node("add"))
