import dagster as dg
from observe import fails, see

# run_config, tags, run_id, resources, raise_on_error of execute_in_process.


@dg.op(config_schema={"n": int}, required_resource_keys={"r"})
def look(context):
    return [context.op_config["n"], context.resources.r, context.run_id, context.get_tag("t")]


@dg.job(resource_defs={"r": 1})
def j():
    look()


result = j.execute_in_process(
    run_config={"ops": {"look": {"config": {"n": 5}}}},
    resources={"r": 2},
    tags={"t": "v"},
    run_id="12345678-1234-1234-1234-123456789012",
)
see("value", result.output_for_node("look"))
see("run id", result.run_id == "12345678-1234-1234-1234-123456789012")
with fails("unknown op in config"):
    j.execute_in_process(run_config={"ops": {"nope": {}, "look": {"config": {"n": 5}}}})
with fails("unknown section"):
    j.execute_in_process(run_config={"operations": {}})
with fails("unknown resource given"):
    see(
        "extra resource",
        j.execute_in_process(run_config={"ops": {"look": {"config": {"n": 5}}}}, resources={"other": 2}).success,
    )
result = j.execute_in_process(run_config=dg.RunConfig(ops={"look": {"config": {"n": 7}}}))
see("run config object", result.output_for_node("look")[0])
