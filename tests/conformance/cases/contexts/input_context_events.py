import dagster as dg
from observe import see

# add_input_metadata and observations of an input context.

context = dg.build_input_context(asset_key="a")
context.add_input_metadata({"n": 1})
see("observations", [[o.asset_key, o.metadata] for o in context.get_observations()])
out = dg.build_output_context(asset_key="a")
out.log_event(dg.AssetMaterialization("a"))
see("logged", [type(e).__name__ for e in out.get_logged_events()])
