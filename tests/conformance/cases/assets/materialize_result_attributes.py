import dagster as dg
from observe import fails, see

# MaterializeResult as an object.

result = dg.MaterializeResult(
    asset_key="a/b", metadata={"x": 1}, data_version=dg.DataVersion("1"), tags={"k": "v"}, value=[1]
)
see("key", result.asset_key)
see("metadata", result.metadata)
see("version", result.data_version.value)
see("tags", result.tags)
see("value", result.value)
empty = dg.MaterializeResult()
see("empty", [empty.asset_key, empty.metadata, empty.data_version, empty.tags, list(empty.check_results)])
with fails("positional"):
    see("positional key", dg.MaterializeResult("k").asset_key)
with fails("metadata set"):
    dg.MaterializeResult(metadata={1})
with fails("bad metadata value"):
    dg.MaterializeResult(metadata={"a": object()})
with fails("number as key"):
    dg.MaterializeResult(asset_key=3)
with fails("bad tags"):
    dg.MaterializeResult(tags={"k": 1})
with fails("data version string"):
    dg.MaterializeResult(data_version="1")
