import dagster as dg
from observe import fails, see

# Names metadata may have.

for label, name in {
    "space": "a b",
    "slash": "a/b",
    "hangul": "이름",
    "empty": "",
    "long": "n" * 300,
    "dots": "a.b",
}.items():
    with fails(label):
        event = dg.AssetMaterialization("a", metadata={name: 1})
        see(f"name of {label}", list(event.metadata))
