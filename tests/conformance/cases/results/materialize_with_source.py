import dagster as dg
from observe import ran, see

# Assets that are not materialized give their values by their IO manager.


class Fixed(dg.IOManager):
    def handle_output(self, context, obj):
        raise AssertionError

    def load_input(self, context):
        return 41


source = dg.AssetSpec("source")
older = dg.SourceAsset("older", io_manager_key="fixed")


@dg.asset
def plus(older):
    return older + 1


result = dg.materialize([plus, older], resources={"fixed": Fixed()})
ran("run", result)
see("value", result.asset_value("plus"))
