import dagster as dg
from observe import see

# What load_input sees for an asset.


class Shelf(dg.IOManager):
    def handle_output(self, context, obj): ...

    def load_input(self, context):
        see("class", type(context).__name__)
        see("name", context.name)
        see("asset key", context.asset_key)
        see("has asset key", context.has_asset_key)
        see("asset identifier", context.get_asset_identifier())
        see("metadata", context.definition_metadata)
        see("type", context.dagster_type.display_name)
        see("job", context.job_name)
        see("partition", [context.has_partition_key, context.has_asset_partitions])
        see("op", context.op_def.name)
        see("config", context.config)
        see("resource config", context.resource_config)
        up = context.upstream_output
        see("upstream class", type(up).__name__)
        see("upstream", [up.name, up.step_key, up.asset_key, up.definition_metadata])
        see("upstream type", up.dagster_type.display_name)
        see("log", hasattr(context.log, "info"))
        return 5


@dg.asset(key_prefix="p", metadata={"m": 1})
def a() -> int:
    return 1


@dg.asset(ins={"x": dg.AssetIn(key=["p", "a"], metadata={"i": 2})})
def b(x: int):
    return x


result = dg.materialize([a, b], resources={"io_manager": Shelf()})
see("value", result.output_for_node("b"))
