import dagster as dg
from observe import fails, see

# A manager tested with built contexts.


class Shelf(dg.ConfigurableIOManager):
    factor: int = 1

    def handle_output(self, context, obj):
        context.add_output_metadata({"stored": obj * self.factor})

    def load_input(self, context):
        return [context.asset_key.to_user_string(), context.definition_metadata.get("m"), context.upstream_output.name]


shelf = Shelf(factor=3)
out = dg.build_output_context(name="result", asset_key="a", definition_metadata={"m": 1})
shelf.handle_output(out, 5)
see("metadata", out.get_logged_metadata())
see(
    "loaded", shelf.load_input(dg.build_input_context(asset_key="a", upstream_output=out, definition_metadata={"m": 2}))
)
with fails("resource used in the manager"):
    dg.build_output_context(resources={"x": 1}).resources.y
