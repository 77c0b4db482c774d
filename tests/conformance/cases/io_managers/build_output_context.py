import dagster as dg
from observe import fails, see

# An output context for a test.

context = dg.build_output_context(
    step_key="s",
    name="out",
    definition_metadata={"m": 1},
    run_id="r",
    asset_key=["p", "a"],
    resource_config={"c": 1},
    resources={"box": 5},
    config={"k": 2},
    partition_key="day",
)
see(
    "all",
    [
        context.step_key,
        context.name,
        context.definition_metadata,
        context.run_id,
        context.asset_key,
        context.resource_config,
        context.resources.box,
        context.config,
    ],
)
see("partition", [context.has_partition_key, context.partition_key])
see("identifier", context.get_asset_identifier())
see("scoped", context.get_run_scoped_output_identifier())
context.add_output_metadata({"a": 1})
see("logged", context.get_logged_metadata())
context.log_event(dg.AssetMaterialization("x"))
see("events", [e.asset_key for e in context.get_logged_events()])
bare = dg.build_output_context()
see("bare", [bare.has_asset_key, bare.has_partition_key])
for label, get in {
    "step key": lambda: bare.step_key,
    "name": lambda: bare.name,
    "run id": lambda: bare.run_id,
    "asset key": lambda: bare.asset_key,
    "partition": lambda: bare.partition_key,
    "identifier": lambda: bare.get_identifier(),
    "resources": lambda: bare.resources.x,
    "definition metadata": lambda: bare.definition_metadata,
}.items():
    with fails(f"bare {label}"):
        see(f"value of bare {label}", get())
