import dagster as dg
from observe import fails

# Which mapping keys are allowed.

for key in ["a", "A_1", "1", "a-b", "a b", "a.b", "a/b", "", "ü", "a[0]"]:
    with fails(f"key {key!r}"):
        dg.DynamicOutput(1, mapping_key=key)
