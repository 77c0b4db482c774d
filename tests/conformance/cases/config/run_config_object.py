import dagster as dg
from observe import fails, see

# RunConfig with Config objects.


class Oven(dg.Config):
    degrees: int = 100


class Rack(dg.ConfigurableResource):
    slots: int = 1


@dg.asset
def bake(config: Oven, rack: Rack):
    return [config.degrees, rack.slots]


run = dg.RunConfig(ops={"bake": Oven(degrees=5)})
see("as dict", run.to_config_dict())
see("value", dg.materialize([bake], run_config=run, resources={"rack": Rack()}).output_for_node("bake"))
see(
    "with resource",
    dg.materialize(
        [bake],
        run_config=dg.RunConfig(ops={"bake": Oven(degrees=5)}, resources={"rack": Rack(slots=4)}),
        resources={"rack": Rack.configure_at_launch()},
    ).output_for_node("bake"),
)
see("dictionary inside", dg.RunConfig(ops={"bake": {"config": {"degrees": 3}}}).to_config_dict())
see("empty", dg.RunConfig().to_config_dict())
see("other parts", dg.RunConfig(loggers={"console": {"config": {}}}, execution={"config": {}}).to_config_dict())
with fails("unknown op"):
    dg.materialize([bake], run_config=dg.RunConfig(ops={"brew": Oven()}), resources={"rack": Rack()})
with fails("positional"):
    see("positional ops", dg.RunConfig({"bake": Oven()}).to_config_dict())
