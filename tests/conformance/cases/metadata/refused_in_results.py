import dagster as dg
from observe import fails

from datetime import date, datetime

# Values metadata does not take, by the way they are given.

VALUES = {
    "tuple": (1, 2),
    "set": {1},
    "bytes": b"b",
    "object": object(),
    "date": date(2020, 1, 1),
    "datetime": datetime.fromisoformat("2020-01-01"),
    "class": int,
    "function": len,
    "list of objects": [object()],
    "dict with number keys": {1: 2},
}
for label, value in VALUES.items():
    with fails(f"MaterializeResult {label}"):
        dg.MaterializeResult(metadata={"m": value})
    with fails(f"Output {label}"):
        dg.Output(1, metadata={"m": value})
    with fails(f"AssetMaterialization {label}"):
        dg.AssetMaterialization("a", metadata={"m": value})
    with fails(f"AssetSpec {label}"):
        dg.AssetSpec("a", metadata={"m": value})
    with fails(f"Failure {label}"):
        dg.Failure(metadata={"m": value})
