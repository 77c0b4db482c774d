import dagster as dg
from observe import fails, see

# ResourceDefinition and its shortcuts.

hard = dg.ResourceDefinition.hardcoded_resource(5, "five")
none = dg.ResourceDefinition.none_resource()
string = dg.ResourceDefinition.string_resource()
mock = dg.ResourceDefinition.mock_resource()
own = dg.ResourceDefinition(
    resource_fn=lambda context: context.resource_config["x"], config_schema={"x": int}, description="own"
)
see("description", [hard.description, own.description])


@dg.op(required_resource_keys={"hard", "none", "string", "own", "values", "mock"})
def look(context):
    r = context.resources
    return [r.hard, r.none, r.string, r.own, r.values, type(r.mock).__name__]


@dg.job(
    resource_defs={
        "hard": hard,
        "none": none,
        "string": string,
        "own": own,
        "values": dg.make_values_resource(a=int, b=str),
        "mock": mock,
    }
)
def j():
    look()


config = {
    "resources": {"string": {"config": "text"}, "own": {"config": {"x": 1}}, "values": {"config": {"a": 1, "b": "z"}}}
}
value = j.execute_in_process(run_config=config).output_for_node("look")
see("value", [v if not hasattr(v, "_asdict") else v._asdict() for v in value])
with fails("wrong"):
    j.execute_in_process(run_config={"resources": {"string": {"config": 3}}})
