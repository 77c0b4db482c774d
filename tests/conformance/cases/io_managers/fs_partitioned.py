import dagster as dg
from observe import ran, see

NOT_YET = "partitions come with a later issue"

from pathlib import Path

# The filesystem manager keeps a file per partition and reads many as a dictionary.

days = dg.StaticPartitionsDefinition(["mon", "tue"])


@dg.asset(partitions_def=days)
def a(context):
    return context.partition_key + "!"


@dg.asset
def all_days(a: dict[str, str]):
    return a


@dg.asset(partitions_def=days)
def same_day(a):
    return a


resources = {"io_manager": dg.FilesystemIOManager(base_dir="kept")}
for day in ("mon", "tue"):
    dg.materialize([a], partition_key=day, resources=resources)
see("files", sorted(str(p) for p in Path("kept").rglob("*") if p.is_file()))
see("all", dg.materialize([a, all_days], selection=["all_days"], resources=resources).output_for_node("all_days"))
see(
    "one",
    dg.materialize([a, same_day], selection=["same_day"], partition_key="tue", resources=resources).output_for_node(
        "same_day"
    ),
)


@dg.asset
def untyped(a):
    return a


see("untyped", dg.materialize([a, untyped], selection=["untyped"], resources=resources).output_for_node("untyped"))


@dg.asset
def wrongly_typed(a: str):
    return a


ran(
    "wrongly typed",
    dg.materialize([a, wrongly_typed], selection=["wrongly_typed"], resources=resources, raise_on_error=False),
)
