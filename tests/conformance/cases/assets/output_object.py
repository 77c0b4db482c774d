import dagster as dg
from observe import ran, see

# Output carries value, metadata, tags and data version.


@dg.asset
def rich():
    return dg.Output(7, metadata={"rows": 3}, tags={"who": "me"}, data_version=dg.DataVersion("v9"))


@dg.asset
def reader(rich):
    return rich + 1


result = dg.materialize([rich, reader])
ran("run", result)
see("values", [result.output_for_node("rich"), result.output_for_node("reader")])
