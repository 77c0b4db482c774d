import dagster as dg
from observe import ran, see

NOT_YET = "partitions come with a later issue"

# Managers and partitions: keys in both contexts.

days = dg.StaticPartitionsDefinition(["mon", "tue"])
KEPT = {}


class Shelf(dg.IOManager):
    def handle_output(self, context, obj):
        see(
            f"out {context.asset_key.to_user_string()}",
            [
                context.has_asset_partitions,
                context.asset_partition_key if context.has_asset_partitions else None,
                context.has_partition_key,
                context.get_asset_identifier(),
            ],
        )
        KEPT[tuple(context.get_asset_identifier())] = obj

    def load_input(self, context):
        see(
            f"in {context.name}",
            [
                context.has_asset_partitions,
                list(context.asset_partition_keys) if context.has_asset_partitions else None,
            ],
        )
        return sorted(KEPT)


@dg.asset(partitions_def=days)
def a(context):
    return context.partition_key


@dg.asset(partitions_def=days)
def b(a):
    return 1


@dg.asset
def c(b): ...


result = dg.materialize([a, b], partition_key="mon", resources={"io_manager": Shelf()})
ran("run", result)
ran("all partitions", dg.materialize([a, b, c], selection=["c"], resources={"io_manager": Shelf()}))
