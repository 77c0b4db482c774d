import dagster as dg
from observe import fails, see

# In, Out and their like as values.

DIFFERS = {"nothing with a default": "a default that nothing can take is a mistake"}

i = dg.In(int, description="d", default_value=3, metadata={"m": 1}, input_manager_key="k")
see("in", [i.dagster_type.display_name, i.description, i.default_value, i.metadata, i.input_manager_key])
o = dg.Out(str, description="d", is_required=False, io_manager_key="io", metadata={"m": 2}, code_version="1")
see("out", [o.dagster_type.display_name, o.description, o.is_required, o.io_manager_key, o.metadata, o.code_version])
see("defaults", [dg.Out().is_required, dg.Out().io_manager_key, dg.In().metadata])
d = dg.DynamicOut(int)
see("dynamic", [isinstance(d, dg.Out), d.dagster_type.display_name])
with fails("nothing with a default"):
    dg.In(dg.Nothing, default_value=1)
with fails("type as text"):
    dg.In("int")
with fails("unknown argument"):
    dg.Out(nothing=1)
out = dg.Output(1, "name", {"a": 1}, data_version=dg.DataVersion("v"), tags={"t": "u"})
see("output", [out.value, out.output_name, out.metadata, out.data_version.value, out.tags])
see("equal", [dg.Output(1) == dg.Output(1), dg.Output(1) == dg.Output(2)])
with fails("metadata of output"):
    dg.Output(1, metadata={"a": object()})
with fails("metadata no dict"):
    dg.Output(1, metadata=[1])
see("graph", [dg.GraphOut(description="d").description, dg.GraphIn(description="e").description])
see("asset materialization", dg.AssetMaterialization("a", metadata={"x": 1.5}).metadata)
