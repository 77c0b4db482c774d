import dagster as dg
from observe import fails, see

# Config of an op in a job, with default and given.


class Oven(dg.Config):
    degrees: int = 10


@dg.op
def bake(context, config: Oven):
    return [config.degrees, context.op_config]


@dg.job
def kitchen():
    bake()
    bake.alias("again")()


result = kitchen.execute_in_process(run_config={"ops": {"again": {"config": {"degrees": 5}}}})
see("default", result.output_for_node("bake"))
see("given", result.output_for_node("again"))
see("object", kitchen.execute_in_process(run_config=dg.RunConfig({"bake": Oven(degrees=1)})).output_for_node("bake"))
with fails("unknown op"):
    kitchen.execute_in_process(run_config={"ops": {"brew": {"config": {}}}})
with fails("unknown root"):
    kitchen.execute_in_process(run_config={"opps": {}})
with fails("unknown in op"):
    kitchen.execute_in_process(run_config={"ops": {"bake": {"confg": {}}}})
with fails("solids"):
    kitchen.execute_in_process(run_config={"solids": {}})
