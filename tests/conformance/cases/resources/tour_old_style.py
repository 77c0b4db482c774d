import dagster as dg
from observe import fails, see


@dg.resource(
    config_schema={"a": int, "b": dg.Field(str, default_value="bb", is_required=False)},
    description="des",
    required_resource_keys={"base"},
)
def r1(init_context: dg.InitResourceContext):
    return [init_context.resource_config, init_context.resources.base]


@dg.op(required_resource_keys={"r1"})
def use(context):
    return context.resources.r1


@dg.job(resource_defs={"r1": r1, "base": dg.ResourceDefinition.hardcoded_resource(5)})
def j():
    use()


r = j.execute_in_process(run_config={"resources": {"r1": {"config": {"a": 1}}}})
see("v", r.output_for_node("use"))
with fails("no config"):
    j.execute_in_process()
with fails("missing resource"):

    @dg.job(resource_defs={"r1": r1})
    def j2():
        use()

    j2.execute_in_process(run_config={"resources": {"r1": {"config": {"a": 1}}}})
see("desc", r1.description)
see("req", r1.required_resource_keys)
mock = dg.ResourceDefinition.mock_resource()
see("mock", type(mock).__name__)
see("none", dg.ResourceDefinition.none_resource()(None) is None if False else None)
see("str", dg.ResourceDefinition.string_resource("d") is not None)
mv = dg.make_values_resource(x=int, y=str)


@dg.op(required_resource_keys={"values"})
def vals(context):
    return context.resources.values


@dg.job(resource_defs={"values": mv})
def j3():
    vals()


see(
    "values",
    j3.execute_in_process(run_config={"resources": {"values": {"config": {"x": 1, "y": "b"}}}}).output_for_node("vals"),
)
with fails("values wrong"):
    j3.execute_in_process(run_config={"resources": {"values": {"config": {"x": "q", "y": "b"}}}})
direct = r1(dg.build_init_resource_context(config={"a": 3}, resources={"base": 7}))
see("direct", direct)
conf = dg.configured(r1, config_schema={"z": int})(lambda c: {"a": c["z"] + 1})
with fails("configured without name"):
    see("conf", conf(dg.build_init_resource_context(config={"z": 3}, resources={"base": 7})))


@dg.resource
def nothing():
    return "n"


see("noargs", nothing(None) if False else nothing())
