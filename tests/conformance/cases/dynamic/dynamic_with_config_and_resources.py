import dagster as dg
from observe import see

# Config and resources of mapped steps.


@dg.op(out=dg.DynamicOut(), config_schema={"count": int})
def numbers(context):
    for i in range(context.op_config["count"]):
        yield dg.DynamicOutput(i, str(i))


@dg.op(config_schema={"factor": int}, required_resource_keys={"offset"})
def scale(context, x):
    return x * context.op_config["factor"] + context.resources.offset


@dg.op
def collect(xs):
    return xs


@dg.job(resource_defs={"offset": dg.ResourceDefinition.hardcoded_resource(100)})
def j():
    collect(numbers().map(scale).collect())


result = j.execute_in_process(
    run_config={"ops": {"numbers": {"config": {"count": 3}}, "scale": {"config": {"factor": 2}}}}
)
see("value", result.output_for_node("collect"))
