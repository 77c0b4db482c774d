import dagster as dg
import asyncio

from observe import fails, see

# Direct calls of assets of all kinds, with resources and dependencies.


class Api(dg.ConfigurableResource):
    base: str = "http://x"

    def get(self, path):
        return f"{self.base}/{path}"


@dg.asset
def plain(context: dg.AssetExecutionContext, up, api: Api):
    context.log.info("x")
    return [up, api.get("a"), context.asset_key.to_user_string()]


@dg.asset(deps=["other"])
def with_deps():
    return dg.MaterializeResult(metadata={"a": 1}, value=3)


@dg.multi_asset(outs={"x": dg.AssetOut(), "y": dg.AssetOut(is_required=False)})
def several(start: int):
    yield dg.Output(start, "x")
    yield dg.Output(start + 1, "y")


@dg.asset
async def later(up):
    await asyncio.sleep(0)
    return up


@dg.op(required_resource_keys={"api"})
def old_op(context, n: int):
    return context.resources.api.get(n)


see("plain", plain(dg.build_asset_context(resources={"api": Api(base="b")}), up=1))
see("plain by hand", plain(dg.build_asset_context(), 1, Api()))
see("plain keywords", plain(context=dg.build_asset_context(), up=2, api=Api(base="k")))
with fails("plain without context"):
    plain(1, Api())
result = with_deps()
see("deps", [result.metadata, result.value])
see("several", [[o.output_name, o.value] for o in several(5)])
see("later", asyncio.run(later(3)))
see("old", old_op(dg.build_op_context(resources={"api": Api(base="o")}), 5))
with fails("old with wrong type"):
    old_op(dg.build_op_context(resources={"api": Api()}), "5")
with fails("old without resource"):
    old_op(dg.build_op_context(), 5)
with fails("missing input"):
    plain(dg.build_asset_context(resources={"api": Api()}))
context = (
    dg.build_op_context(run_tags={"a": "b"})
    if "run_tags" in str(dg.build_op_context.__code__.co_varnames)
    else dg.build_op_context()
)
see("tags", [context.run_tags if hasattr(context, "run_tags") else None, context.has_tag("a"), context.get_tag("a")])
see("config", dg.build_op_context(op_config={"a": 1}).op_config)
