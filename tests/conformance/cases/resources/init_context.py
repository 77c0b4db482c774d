import dagster as dg
from observe import see

# What a resource sees while it starts.


class Box(dg.ConfigurableResource):
    size: int = 2

    def setup_for_execution(self, context):
        see("class", type(context).__name__)
        see("config", context.resource_config)
        see("run", context.run is not None)
        see("instance", context.instance is not None)
        see("log", hasattr(context.log, "info"))


@dg.resource(config_schema={"n": int}, required_resource_keys={"box"})
def made(context):
    see("function config", context.resource_config)
    see("function resources", context.resources.box.size)
    see("function run id", isinstance(context.run.run_id, str))
    see("definition", context.resource_def is not None)
    return 1


@dg.op(required_resource_keys={"made"})
def look(context): ...


@dg.job(resource_defs={"made": made, "box": Box()})
def j():
    look()


j.execute_in_process(run_config={"resources": {"made": {"config": {"n": 3}}}})
