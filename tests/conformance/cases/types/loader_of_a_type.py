import dagster as dg
from observe import fails, ran, see

# A type that is read from config where no step gives it.


@dg.dagster_type_loader(config_schema={"x": int, "y": dg.Field(int, default_value=2)}, required_resource_keys={"scale"})
def load_point(context, config):
    return (config["x"] * context.resources.scale, config["y"])


@dg.usable_as_dagster_type(name="Point", description="a point", loader=load_point)
class Point(tuple):
    __slots__ = ()


Loaded = dg.DagsterType(name="Loaded", type_check_fn=lambda _, v: isinstance(v, tuple), loader=load_point)


@dg.op(ins={"p": dg.In(Loaded), "n": dg.In(int)})
def norm(p, n):
    return [*p, n]


@dg.job(resource_defs={"scale": dg.ResourceDefinition.hardcoded_resource(10)})
def j():
    norm()


def run(label, inputs):
    with fails(f"{label} raises"):
        result = j.execute_in_process({"ops": {"norm": {"inputs": inputs}}})
        see(label, result.output_for_node("norm"))
        ran(f"{label} run", result)


run("both", {"p": {"x": 1, "y": 5}, "n": 3})
run("default", {"p": {"x": 1}, "n": {"value": 3}})
run("wrong", {"p": {"x": "a"}, "n": 3})
run("missing", {"n": 3})
run("unknown", {"p": {"x": 1}, "n": 3, "z": 1})
with fails("resource missing"):

    @dg.job
    def missing():
        norm()

    missing.execute_in_process({"ops": {"norm": {"inputs": {"p": {"x": 1}, "n": 3}}}})


@dg.op
def uses_class(p: Point):
    return len(p)


@dg.job(resource_defs={"scale": dg.ResourceDefinition.hardcoded_resource(1)})
def with_class():
    uses_class()


result = with_class.execute_in_process({"ops": {"uses_class": {"inputs": {"p": {"x": 1}}}}}, raise_on_error=False)
see("loaded, but no Point", result.success)
see("its type", [uses_class.input_defs[0].dagster_type.display_name, uses_class.input_defs[0].dagster_type.description])
