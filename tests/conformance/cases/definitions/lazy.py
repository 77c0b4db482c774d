import dagster as dg
from observe import fails, see

# Definitions made by a function.


@dg.asset
def a(): ...


@dg.definitions
def made():
    return dg.Definitions(assets=[a])


see("called class", type(made()).__name__)
see("assets", made().resolve_asset_graph().get_all_asset_keys())
with fails("wrong return"):

    @dg.definitions
    def wrong():
        return 3

    wrong()
