import dagster as dg
from observe import fails, see

# PermissiveConfig keeps fields it does not know.


class Oven(dg.PermissiveConfig):
    degrees: int = 1


@dg.asset
def bake(config: Oven):
    return [config.degrees, config.colour if hasattr(config, "colour") else None]


@dg.asset
def all_of_it(config: dg.PermissiveConfig):
    return (
        config._convert_to_config_dictionary()
        if hasattr(config, "_convert_to_config_dictionary")
        else config.model_dump()
    )


see(
    "extra",
    dg.materialize([bake], run_config={"ops": {"bake": {"config": {"degrees": 2, "colour": "red"}}}}).output_for_node(
        "bake"
    ),
)
see("plain", dg.materialize([bake]).output_for_node("bake"))
see("object", Oven(degrees=1, colour="blue").colour)
with fails("wrong type"):
    dg.materialize([bake], run_config={"ops": {"bake": {"config": {"degrees": "x"}}}})
