import dagster as dg
from observe import see

# Resources with fields of Config classes and collections.


class Limits(dg.Config):
    low: int = 0
    high: int


class Box(dg.ConfigurableResource):
    limits: Limits
    names: list[str] = []
    table: dict[str, int] = {}


@dg.asset
def a(box: Box):
    return [box.limits.low, box.limits.high, box.names, box.table]


see(
    "object",
    dg.materialize([a], resources={"box": Box(limits=Limits(high=3), names=["x"], table={"a": 1})}).output_for_node(
        "a"
    ),
)
see(
    "at launch",
    dg.materialize(
        [a],
        resources={"box": Box.configure_at_launch()},
        run_config={"resources": {"box": {"config": {"limits": {"high": 9}, "names": ["y"]}}}},
    ).output_for_node("a"),
)
