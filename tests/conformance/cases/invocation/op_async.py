import dagster as dg
from observe import see

import asyncio

# Calling an async op.


@dg.op
async def slow(x):
    await asyncio.sleep(0)
    return x + 1


@dg.op
async def gen():
    yield dg.Output(1)


async def collect():
    return [o.value async for o in gen()]


see("value", asyncio.run(slow(1)))
see("generator", asyncio.run(collect()))
