import dagster as dg
from observe import fails, see

# Output as an object.

out = dg.Output(3, output_name="x", metadata={"n": 1}, tags={"t": "u"}, data_version=dg.DataVersion("1"))
see("all", [out.value, out.output_name, out.metadata, out.tags, out.data_version.value])
bare = dg.Output(None)
see("bare", [bare.value, bare.output_name, bare.metadata, bare.tags, bare.data_version])
see("equal", dg.Output(1) == dg.Output(1))
with fails("name of number"):
    dg.Output(1, output_name=3)
with fails("no value"):
    dg.Output()
see("positional name", dg.Output(1, "n").output_name)
