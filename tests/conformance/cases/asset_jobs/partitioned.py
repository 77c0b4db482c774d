import dagster as dg
from observe import fails, ran, see

NOT_YET = "partitions come with a later issue"

# An asset job takes the partitions of its assets.

days = dg.StaticPartitionsDefinition(["mon", "tue"])


@dg.asset(partitions_def=days)
def a(context):
    return context.partition_key


@dg.asset(partitions_def=days)
def b(a):
    return a + "!"


@dg.asset
def plain(): ...


job = dg.define_asset_job("j", selection=[a, b])
resolved = dg.Definitions(assets=[a, b, plain], jobs=[job]).resolve_job_def("j")
see("partitions", resolved.partitions_def.get_partition_keys())
result = resolved.execute_in_process(partition_key="mon")
ran("run", result)
see("value", result.output_for_node("b"))
with fails("no partition"):
    resolved.execute_in_process()
with fails("unknown partition"):
    resolved.execute_in_process(partition_key="sun")
with fails("different definitions"):
    weeks = dg.StaticPartitionsDefinition(["w"])

    @dg.asset(partitions_def=weeks)
    def c(): ...

    dg.Definitions.validate_loadable(dg.Definitions(assets=[a, c], jobs=[dg.define_asset_job("k")]))
