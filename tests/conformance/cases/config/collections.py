import dagster as dg
from observe import fails, see

# Lists, dictionaries, sets and nested collections.


class Oven(dg.Config):
    numbers: list[int]
    names: dict[str, int] = {}
    nested: dict[str, list[int]] = {}
    anything: dict = {}


@dg.asset
def bake(config: Oven):
    return [config.numbers, config.names, config.nested, config.anything]


def run(config):
    return dg.materialize([bake], run_config={"ops": {"bake": {"config": config}}}).output_for_node("bake")


see("given", run({"numbers": [1, 2], "names": {"a": 1}, "nested": {"x": [1]}, "anything": {"k": [None, {"z": 1}]}}))
see("empty", run({"numbers": []}))
with fails("wrong element"):
    run({"numbers": [1, "x"]})
with fails("not a list"):
    run({"numbers": 1})
with fails("wrong value"):
    run({"numbers": [], "names": {"a": "b"}})
with fails("none in list"):
    run({"numbers": [None]})
with fails("tuple"):
    see("tuple given", run({"numbers": (1, 2)}))
