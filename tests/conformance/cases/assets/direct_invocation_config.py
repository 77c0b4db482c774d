import dagster as dg
from observe import fails, see

# Calling an asset with config and resources.

DIFFERS = {
    "no resource": "Dagster lets the KeyError of a lookup through",
}


class Settings(dg.Config):
    n: int = 1


class Box(dg.ConfigurableResource):
    size: int = 10


@dg.asset
def made(context, config: Settings, box: Box, x: int):
    return config.n + box.size + x


@dg.asset
def simple(config: Settings):
    return config.n


@dg.asset
def boxed(box: Box):
    return box.size


see("all given", made(dg.build_asset_context(), config=Settings(n=3), box=Box(size=5), x=100))
see("resources in context", made(dg.build_asset_context(resources={"box": Box(size=7)}), config=Settings(n=3), x=100))
see("config given", simple(Settings(n=4)))
see("config by name", simple(config=Settings(n=4)))
see("resource given", boxed(box=Box(size=2)))
see("resource positional", boxed(Box(size=2)))
with fails("no config"):
    simple()
with fails("no resource"):
    boxed()
