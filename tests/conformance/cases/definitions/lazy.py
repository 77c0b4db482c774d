import dagster as dg
from observe import fails, see

# Definitions made by a function.


@dg.asset
def a(): ...


@dg.definitions
def made():
    return dg.Definitions(assets=[a])


see("class", type(made).__name__)
with fails("called"):
    see("called class", type(made()).__name__)
    see("assets", made().resolve_asset_graph().get_all_asset_keys())


@dg.definitions
def with_context(context: dg.ComponentLoadContext):
    return dg.Definitions(assets=[a])


with fails("called without the context"):
    with_context()
with fails("wrong return"):

    @dg.definitions
    def wrong():
        return 3

    wrong()
