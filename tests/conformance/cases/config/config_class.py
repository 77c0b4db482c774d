import dagster as dg
from observe import fails, see

# A Config class on an asset: defaults, given values, types.


class Oven(dg.Config):
    degrees: int
    name: str = "big"
    ratio: float = 0.5
    hot: bool = True


@dg.asset
def bake(config: Oven):
    return [config.degrees, config.name, config.ratio, config.hot]


def run(config):
    return dg.materialize([bake], run_config={"ops": {"bake": {"config": config}}}).output_for_node("bake")


see("defaults", run({"degrees": 200}))
see("all", run({"degrees": 1, "name": "s", "ratio": 2.5, "hot": False}))
see("int for float", run({"degrees": 1, "ratio": 3}))
with fails("missing"):
    run({})
with fails("missing all"):
    dg.materialize([bake])
with fails("unknown field"):
    run({"degrees": 1, "colour": "red"})
with fails("text for int"):
    run({"degrees": "200"})
with fails("float for int"):
    run({"degrees": 2.5})
with fails("bool for int"):
    see("bool as int", run({"degrees": True}))
with fails("int for text"):
    run({"degrees": 1, "name": 5})
with fails("int for bool"):
    run({"degrees": 1, "hot": 1})
with fails("none"):
    run({"degrees": None})
with fails("no dictionary"):
    run(5)
