import dagster as dg
from observe import fails, see

# Config classes inside Config classes.


class Rack(dg.Config):
    slots: int = 2
    label: str = "r"


class Oven(dg.Config):
    rack: Rack
    racks: list[Rack] = []
    by_name: dict[str, Rack] = {}


@dg.asset
def bake(config: Oven):
    return [
        config.rack.slots,
        [r.slots for r in config.racks],
        {n: r.label for n, r in config.by_name.items()},
        type(config.rack).__name__,
    ]


def run(config):
    return dg.materialize([bake], run_config={"ops": {"bake": {"config": config}}}).output_for_node("bake")


see("given", run({"rack": {"slots": 5}, "racks": [{"slots": 1}, {}], "by_name": {"x": {"label": "z"}}}))
with fails("missing rack"):
    see("without rack", run({}))
with fails("unknown nested field"):
    run({"rack": {"colour": 1}})
with fails("wrong nested type"):
    run({"rack": {"slots": "x"}})
see(
    "from object",
    dg.materialize([bake], run_config=dg.RunConfig(ops={"bake": Oven(rack=Rack(slots=9))})).output_for_node("bake"),
)


class WithDefault(dg.Config):
    rack: Rack = Rack(slots=7)


@dg.asset
def defaulted(config: WithDefault):
    return [config.rack.slots, config.rack.label]


see("default object", dg.materialize([defaulted]).output_for_node("defaulted"))
with fails("part of the default"):
    see(
        "partly given",
        dg.materialize(
            [defaulted], run_config={"ops": {"defaulted": {"config": {"rack": {"label": "q"}}}}}
        ).output_for_node("defaulted"),
    )
