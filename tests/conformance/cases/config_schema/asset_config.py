import dagster as dg
from observe import fails, see

# config_schema on assets, read from context.op_config.


@dg.asset(config_schema={"n": dg.Field(int, default_value=2), "name": dg.Noneable(str)})
def a(context):
    return context.op_config


see("default", dg.materialize([a]).output_for_node("a"))
see("given", dg.materialize([a], run_config={"ops": {"a": {"config": {"n": 5, "name": "x"}}}}).output_for_node("a"))
with fails("wrong"):
    dg.materialize([a], run_config={"ops": {"a": {"config": {"n": "x"}}}})


@dg.asset(config_schema=int)
def b(context: dg.AssetExecutionContext):
    return context.op_execution_context.op_config


see("scalar", dg.materialize([b], run_config={"ops": {"b": {"config": 3}}}).output_for_node("b"))
with fails("missing"):
    dg.materialize([b])


@dg.asset
def without(context):
    return context.op_config


see("none", dg.materialize([without]).output_for_node("without"))
with fails("config for none"):
    see(
        "ignored",
        dg.materialize([without], run_config={"ops": {"without": {"config": {"x": 1}}}}).output_for_node("without"),
    )
