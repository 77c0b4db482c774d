import dagster as dg
from observe import fails, see

# build_output_context and its attributes.

context = dg.build_output_context(
    step_key="s",
    name="n",
    metadata={"a": 1},
    run_id="r",
    mapping_key="m",
    config={"c": 1},
    resources={"x": 2},
    output_metadata={"o": 1},
)
see("step", context.step_key)
see("name", context.name)
see("metadata", context.definition_metadata)
see("run", context.run_id)
see("mapping", context.mapping_key)
see("config", context.config)
see("resources", context.resources.x)
see("output metadata", context.output_metadata)
see("identifier", context.get_identifier())
context.add_output_metadata({"later": 2})
see("logged", context.get_logged_metadata())
asset = dg.build_output_context(asset_key="a", partition_key="p")
see("asset", [asset.asset_key, asset.has_asset_key, asset.has_partition_key, asset.partition_key])
see("asset identifier", asset.get_asset_identifier())
empty = dg.build_output_context()
for name in (
    "name",
    "step_key",
    "run_id",
    "asset_key",
    "config",
    "partition_key",
    "job_name",
    "dagster_type",
    "version",
    "mapping_key",
):
    with fails(name + " of an empty one"):
        see("value of " + name, getattr(empty, name))
