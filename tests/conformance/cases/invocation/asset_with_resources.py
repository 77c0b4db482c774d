import dagster as dg
from observe import fails, see

# Resources and config in direct invocation of an asset.


class Store(dg.ConfigurableResource):
    name: str


class Settings(dg.Config):
    n: int = 4


@dg.asset
def a(context, config: Settings, store: Store):
    return [config.n, store.name]


@dg.asset(required_resource_keys={"r"})
def b(context):
    return context.resources.r


see("given", a(dg.build_asset_context(), Settings(n=1), Store(name="x")))
see("keywords", a(dg.build_asset_context(), config=Settings(), store=Store(name="y")))
see("in context", a(dg.build_asset_context(resources={"store": Store(name="z")}, asset_config={"n": 9})))
see("keys", b(dg.build_asset_context(resources={"r": 2})))
with fails("missing"):
    b(dg.build_asset_context())
