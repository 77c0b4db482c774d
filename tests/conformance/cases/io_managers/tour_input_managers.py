import dagster as dg
from observe import fails, see


class Loader(dg.InputManager):
    def load_input(self, context):
        return [
            "loader",
            context.name,
            context.has_upstream_output if hasattr(context, "has_upstream_output") else None,
        ]


@dg.input_manager
def im(context):
    return "from im"


@dg.input_manager(input_config_schema={"k": str})
def imc(context):
    return context.config["k"]


@dg.op(ins={"x": dg.In(input_manager_key="im"), "y": dg.In(input_manager_key="imc")})
def o(x, y):
    return [x, y]


@dg.job(resource_defs={"im": im, "imc": imc})
def j():
    o()


see("v", j.execute_in_process(run_config={"ops": {"o": {"inputs": {"y": {"k": "kk"}}}}}).output_for_node("o"))
with fails("missing config"):
    j.execute_in_process()


@dg.op
def up():
    return 1


@dg.job(resource_defs={"im": im, "imc": imc})
def j2():
    o(up(), up.alias("up2")())


with fails("connected"):
    see("con", j2.execute_in_process(run_config={"ops": {"o": {"inputs": {"y": {"k": "kk"}}}}}).output_for_node("o"))


@dg.input_manager(required_resource_keys={"r"}, description="d", version="v")
def imr(context):
    return context.resources.r


@dg.asset
def a():
    return 1


@dg.asset(ins={"a": dg.AssetIn(input_manager_key="imr")})
def b(a):
    return a


r = dg.materialize([a, b], resources={"imr": imr, "r": "RR"})
see("b", r.output_for_node("b"))
with fails("missing key"):
    dg.materialize([a, b])


@dg.asset(ins={"s": dg.AssetIn(input_manager_key="ld")})
def c(s):
    return s


with fails("loader as obj"):
    see("c", dg.materialize([c], resources={"ld": Loader()}).output_for_node("c"))
