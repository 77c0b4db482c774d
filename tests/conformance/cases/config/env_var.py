import dagster as dg
from observe import fails, see

import os

# Values from environment variables, read late.

DIFFERS = {
    "repr": "says that it is no text",
}


class Oven(dg.Config):
    degrees: int
    name: str = "x"


@dg.asset
def bake(config: Oven):
    return [config.degrees, config.name]


os.environ["OVEN_DEGREES"] = "7"
os.environ["OVEN_NAME"] = "hot"
run_config = {"ops": {"bake": {"config": {"degrees": {"env": "OVEN_DEGREES"}, "name": {"env": "OVEN_NAME"}}}}}
see("dictionary", dg.materialize([bake], run_config=run_config).output_for_node("bake"))
see(
    "objects",
    dg.materialize(
        [bake],
        run_config=dg.RunConfig(ops={"bake": Oven(degrees=dg.EnvVar.int("OVEN_DEGREES"), name=dg.EnvVar("OVEN_NAME"))}),
    ).output_for_node("bake"),
)
with fails("missing variable"):
    dg.materialize([bake], run_config={"ops": {"bake": {"config": {"degrees": {"env": "NO_SUCH"}}}}})
os.environ["OVEN_DEGREES"] = "warm"
with fails("not a number"):
    dg.materialize([bake], run_config=run_config)
variable = dg.EnvVar("OVEN_NAME")
see("get value", variable.get_value())
see("default", dg.EnvVar("NO_SUCH").get_value("fallback"))
see("none", dg.EnvVar("NO_SUCH").get_value())
see("name", variable.env_var_name)
with fails("as text"):
    see("str", str(variable))
see("repr", repr(variable))
os.environ["OVEN_DEGREES"] = "9"
see("int", dg.EnvVar.int("OVEN_DEGREES").get_value())
see("is a string", isinstance(variable, str))
with fails("int as int"):
    int(dg.EnvVar.int("OVEN_DEGREES"))
