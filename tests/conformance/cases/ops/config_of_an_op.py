import dagster as dg
from observe import fails, see

# config_schema, Config class and defaults of ops.


class Settings(dg.Config):
    n: int
    name: str = "default"


@dg.op
def by_class(context, config: Settings):
    return [config.n, config.name, context.op_config]


@dg.op(config_schema={"n": int, "m": dg.Field(int, default_value=7, is_required=False)})
def by_schema(context):
    return context.op_config


@dg.job
def j():
    by_class()
    by_schema()


result = j.execute_in_process(run_config={"ops": {"by_class": {"config": {"n": 1}}, "by_schema": {"config": {"n": 2}}}})
see("class", result.output_for_node("by_class"))
see("schema", result.output_for_node("by_schema"))
with fails("unknown field"):
    j.execute_in_process(
        run_config={"ops": {"by_class": {"config": {"n": 1, "z": 1}}, "by_schema": {"config": {"n": 2}}}}
    )
