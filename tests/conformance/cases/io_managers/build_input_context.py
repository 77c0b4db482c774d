import dagster as dg
from observe import fails, see

# An input context for a test.

up = dg.build_output_context(step_key="s", name="out", asset_key="a")
context = dg.build_input_context(
    name="x",
    definition_metadata={"m": 1},
    upstream_output=up,
    asset_key=dg.AssetKey("a"),
    config={"c": 1},
    resource_config={"r": 2},
    resources={"box": 5},
    partition_key="day",
    op_def=None,
)
see(
    "all",
    [
        context.name,
        context.definition_metadata,
        context.asset_key,
        context.config,
        context.resource_config,
        context.resources.box,
    ],
)
see("upstream", [context.upstream_output.step_key, context.upstream_output.name])
see("partition", [context.has_partition_key, context.partition_key])
see("identifier", context.get_asset_identifier())
bare = dg.build_input_context()
see("bare", [bare.upstream_output, bare.has_asset_key, bare.has_partition_key])
for label, get in {
    "name": lambda: bare.name,
    "asset key": lambda: bare.asset_key,
    "partition": lambda: bare.partition_key,
    "type": lambda: bare.dagster_type.display_name,
    "config": lambda: bare.config,
    "resources": lambda: bare.resources.x,
    "log": lambda: hasattr(bare.log, "info"),
}.items():
    with fails(f"bare {label}"):
        see(f"value of bare {label}", get())
