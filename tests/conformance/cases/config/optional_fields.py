import dagster as dg
from observe import fails, see

from typing import Optional

# Optional fields, None and defaults.


class Oven(dg.Config):
    a: Optional[int] = None
    b: int | None = 5
    c: Optional[str]


@dg.asset
def bake(config: Oven):
    return [config.a, config.b, config.c]


def run(config):
    return dg.materialize([bake], run_config={"ops": {"bake": {"config": config}}}).output_for_node("bake")


with fails("c is needed"):
    see("without c", run({}))
see("c none", run({"c": None}))
see("all none", run({"a": None, "b": None, "c": None}))
see("all given", run({"a": 1, "b": 2, "c": "x"}))
with fails("wrong type"):
    run({"a": "x", "c": None})
