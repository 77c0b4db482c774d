import dagster as dg
from observe import fails, see

# build_input_context and its attributes.

DIFFERS = {
    "step_key of an empty one": "Dagster's AttributeError is an accident; orch says what was not given",
}

context = dg.build_input_context(
    name="n",
    metadata={"a": 1},
    asset_key=dg.AssetKey(["x", "y"]),
    resources={"r": 3},
    config={"c": 1},
    partition_key="p",
    upstream_output=dg.build_output_context(name="out", step_key="up", run_id="1"),
)
see("name", context.name)
see("metadata", context.definition_metadata)
see("key", context.asset_key)
see("has key", context.has_asset_key)
see("resources", context.resources.r)
see("config", context.config)
see("partition", context.partition_key)
see("upstream", [context.upstream_output.name, context.upstream_output.step_key, context.upstream_output.run_id])
see("identifier", context.upstream_output.get_identifier())
see("asset identifier", context.get_asset_identifier())
empty = dg.build_input_context()
for name in (
    "name",
    "asset_key",
    "upstream_output",
    "config",
    "metadata",
    "partition_key",
    "dagster_type",
    "step_key",
    "job_name",
    "has_asset_key",
    "has_partition_key",
):
    with fails(name + " of an empty one"):
        see("value of " + name, getattr(empty, name))
