import dagster as dg
from observe import see

# What handle_output sees for an asset.

DIFFERS = {
    "identifier": "ids of runs are shorter",
    "step context": "it is a part of how Dagster is built",
    "ended": "it is a part of how Dagster is built",
}


class Shelf(dg.IOManager):
    def handle_output(self, context, obj):
        see("class", type(context).__name__)
        see("name", context.name)
        see("step key", context.step_key)
        see("asset key", context.asset_key)
        see("has asset key", context.has_asset_key)
        see("identifier", context.get_identifier())
        see("asset identifier", context.get_asset_identifier())
        see("metadata", context.definition_metadata)
        see("output metadata", context.output_metadata)
        see("partition", [context.has_partition_key, context.has_asset_partitions])
        see("type", context.dagster_type.display_name)
        see("type hint", context.dagster_type.typing_type)
        see("job", context.job_name)
        see("mapping key", context.mapping_key)
        see("config", context.config)
        see("resource config", context.resource_config)
        see("version", context.version)
        see("op", context.op_def.name)
        see("asset spec", context.asset_spec.key)
        see("run id", isinstance(context.run_id, str))
        see("log", hasattr(context.log, "info"))
        see("step context", context.step_context is not None)

    def load_input(self, context): ...


@dg.asset(key_prefix="p", metadata={"m": 1})
def a() -> int:
    return 1


dg.materialize([a], resources={"io_manager": Shelf()})
