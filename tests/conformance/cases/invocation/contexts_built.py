import dagster as dg
from observe import fails, see

# Contexts made for tests: of ops, assets, hooks, inits, inputs, outputs, sensors of none.


class Conf(dg.Config):
    n: int = 3


class Res(dg.ConfigurableResource):
    v: str = "r"


@dg.op(required_resource_keys={"r"})
def old(context):
    return [
        context.resources.r,
        context.op_config,
        context.run_id,
        context.retry_number if hasattr(context, "x") else None,
    ]


@dg.op
def new(context: dg.OpExecutionContext, config: Conf, res: Res, x: int):
    context.add_output_metadata({"x": x})
    context.log_event(dg.AssetMaterialization("m"))
    return [config.n, res.v, x, context.partition_key if context.has_partition_key else None]


@dg.asset
def an_asset(context: dg.AssetExecutionContext, config: Conf, res: Res):
    return [config.n, res.v, context.asset_key, context.run.run_id if hasattr(context, "y") else None]


see("old", old(dg.build_op_context(resources={"r": 1}, op_config={"a": 1})))
ctx = dg.build_op_context(resources={"res": Res(v="q")}, op_config={"n": 9})
see("new", new(ctx, x=1))
see("metadata", ctx.get_output_metadata("result"))
see("events", [type(e).__name__ for e in ctx.get_events()])
see("new by hand", new(dg.build_op_context(), Conf(n=1), Res(), 2))
see("keywords", new(dg.build_op_context(), config=Conf(n=1), res=Res(v="k"), x=3))
with fails("no resource"):
    new(dg.build_op_context(), config=Conf(), x=3)
see("asset", an_asset(dg.build_asset_context(resources={"res": Res()}, asset_config={"n": 2})))
with fails("resources twice"):
    new(dg.build_op_context(resources={"res": Res()}), Conf(), Res(), 2)
with fails("config twice"):
    new(dg.build_op_context(op_config={"n": 1}), Conf(), Res(), 2)

with dg.build_op_context(resources={"r": dg.ResourceDefinition(lambda _: "made")}) as context:
    see("in with", old(context))


@dg.resource
def generated(_):
    yield "inside"


with fails("generator without with"):
    old(dg.build_op_context(resources={"r": generated}))
with dg.build_op_context(resources={"r": generated}) as context:
    see("generator", old(context))


@dg.success_hook(required_resource_keys={"r"})
def hook(context):
    return [context.resources.r, context.op.name]


see("hook", hook(dg.build_hook_context(resources={"r": 2}, op=new)))
init = dg.build_init_resource_context(config={"a": 1}, resources={"z": 2})
see("init", [init.resource_config, init.resources.z])


@dg.resource(config_schema={"a": int}, required_resource_keys={"z"})
def res_fn(context):
    return [context.resource_config["a"], context.resources.z]


see("resource called", res_fn(init))
with fails("resource called without config"):
    res_fn(dg.build_init_resource_context(resources={"z": 1}))
with fails("resource called with none"):
    res_fn()
with dg.build_resources(
    {"r": res_fn.configured({"a": 3}), "z": dg.ResourceDefinition.hardcoded_resource(8)}
) as resources:
    see("built", [resources.r, resources.z])
