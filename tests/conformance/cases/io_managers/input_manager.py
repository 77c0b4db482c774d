import dagster as dg
from observe import fails, see

# An input manager only loads.


class Reader(dg.InputManager):
    def load_input(self, context):
        return ["loaded", context.name, context.upstream_output is None]


@dg.input_manager
def from_function(context):
    return "from function"


@dg.input_manager(config_schema={"n": int}, input_config_schema={"m": int})
def with_config(context):
    return [context.resource_config["n"], context.config["m"]]


@dg.input_manager
def from_class():
    return Reader()


@dg.op(ins={"x": dg.In(input_manager_key="reader")})
def look(x):
    return x


def run(manager, config=None):
    @dg.job(resource_defs={"reader": manager})
    def j():
        look()

    return j.execute_in_process(run_config=config or {}).output_for_node("look")


see("function", run(from_function))
see(
    "config",
    run(with_config, {"resources": {"reader": {"config": {"n": 1}}}, "ops": {"look": {"inputs": {"x": {"m": 2}}}}}),
)
with fails("class"):
    see("class value", run(from_class))
with fails("missing config"):
    run(with_config)


@dg.op
def one():
    return 1


@dg.job(resource_defs={"reader": from_function})
def connected():
    look(one())


see("connected", connected.execute_in_process().output_for_node("look"))
