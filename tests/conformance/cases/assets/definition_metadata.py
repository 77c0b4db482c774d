import dagster as dg
from observe import ran, see

# Metadata given with the definition is kept with the definition, not the event.


@dg.asset(metadata={"rows": 3, "url": dg.MetadataValue.url("http://x.org"), "description": "d", "owner": "o"})
def described():
    return 1


see("metadata", described.metadata_by_key)
see("spec", list(described.specs)[0].metadata)
see("description and owners", [list(described.specs)[0].description, list(described.specs)[0].owners])
ran("run", dg.materialize([described]))
