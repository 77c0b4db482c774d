import dagster as dg
from observe import see

from pathlib import Path

# Which kind of metadata a plain value becomes.


@dg.asset
def made():
    return dg.MaterializeResult(
        metadata={
            "text": "t",
            "int": 3,
            "big": 2**70,
            "negative": -1,
            "float": 1.5,
            "true": True,
            "none": None,
            "list": [1, {"a": 2}],
            "dict": {"a": [1]},
            "path": Path("/some/where"),
            "key": dg.AssetKey(["a", "b"]),
            "schema": dg.TableSchema(columns=[dg.TableColumn("c")]),
            "empty": "",
            "unicode": "값",
        }
    )


event = dg.materialize([made]).get_asset_materialization_events()[0]
metadata = event.materialization.metadata
see("kinds", {name: type(value).__name__ for name, value in metadata.items()})
see("values", {name: value.value for name, value in metadata.items() if name not in ("schema", "key")})
see("key", metadata["key"].asset_key)
