import dagster as dg
from observe import fails, ran, see

# SourceAsset: an asset of elsewhere in the older spelling.


class Shelf(dg.IOManager):
    def handle_output(self, context, obj): ...

    def load_input(self, context):
        return f"loaded {context.asset_key.to_user_string()}"


source = dg.SourceAsset(
    "outside", metadata={"m": 1}, description="d", group_name="g", tags={"k": "v"}, io_manager_key="shelf"
)
see("attributes", [source.key, source.description, source.group_name, source.io_manager_key, source.tags])
see("metadata", source.metadata)


@dg.asset
def reader(outside):
    return outside


result = dg.materialize([reader, source], resources={"shelf": Shelf()})
ran("run", result)
see("value", result.output_for_node("reader"))
see("list key", dg.SourceAsset(["a", "b"]).key)
own = dg.SourceAsset("outside", io_manager_def=dg.IOManagerDefinition.hardcoded_io_manager(Shelf()))
see("own manager", dg.materialize([reader, own]).output_for_node("reader"))
defs = dg.Definitions(assets=[reader, source], resources={"shelf": Shelf()})
see("external", defs.resolve_asset_graph().external_asset_keys)
see("groups", {s.key.to_user_string(): s.group_name for s in defs.resolve_all_asset_specs()})
with fails("missing manager"):
    dg.materialize([reader, source])
with fails("no key"):
    dg.SourceAsset()
