import dagster as dg
from observe import fails, see

# Metadata of Definitions.

DIFFERS = {
    "updated": "Dagster loses what the function adds",
}

defs = dg.Definitions(metadata={"a": 1, "u": dg.MetadataValue.url("x")})
see("metadata", defs.metadata)
with fails("update"):
    see("updated", defs.with_definition_metadata_update(lambda m: {**m, "b": 2}).metadata)
