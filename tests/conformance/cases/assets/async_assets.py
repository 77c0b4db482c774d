import dagster as dg
from observe import ran, see

import asyncio

# Coroutines and asynchronous generators.


@dg.asset
async def slow():
    await asyncio.sleep(0)
    return 3


@dg.asset
async def stream(slow):
    await asyncio.sleep(0)
    yield dg.Output(slow + 1)


@dg.multi_asset(specs=[dg.AssetSpec("a"), dg.AssetSpec("b")])
async def several():
    for key in ("a", "b"):
        await asyncio.sleep(0)
        yield dg.MaterializeResult(asset_key=key, metadata={"key": key})


result = dg.materialize([slow, stream, several], selection=["slow", "stream"])
ran("run", result)
see("value", result.output_for_node("stream"))
ran("several", dg.materialize([several]))
