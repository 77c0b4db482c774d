import dagster as dg
from observe import see

# The loader's context has resources.


@dg.dagster_type_loader({"key": str}, required_resource_keys={"store"})
def load(context: dg.DagsterTypeLoaderContext, config):
    return context.resources.store[config["key"]]


Value = dg.DagsterType(name="Value", type_check_fn=lambda _, v: True, loader=load)


@dg.op(ins={"x": dg.In(Value)})
def show(x):
    return x


@dg.job(resource_defs={"store": dg.ResourceDefinition.hardcoded_resource({"a": 5})})
def j():
    show()


see(
    "value", j.execute_in_process(run_config={"ops": {"show": {"inputs": {"x": {"key": "a"}}}}}).output_for_node("show")
)
