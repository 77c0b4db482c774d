import dagster as dg
from observe import see

# ObserveResult as an object.

result = dg.ObserveResult(asset_key="a", metadata={"m": 1}, data_version=dg.DataVersion("2"), tags={"x": "y"})
see("all", [result.asset_key, result.metadata, result.data_version.value, result.tags])
see("empty", [dg.ObserveResult().asset_key, dg.ObserveResult().metadata])
