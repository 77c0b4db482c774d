import dagster as dg
from observe import fails, see

# A parameter with a default is an asset all the same.


@dg.asset
def reader(nowhere=3):
    return nowhere


see("inputs", reader.keys_by_input_name)
with fails("validate"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[reader]))
with fails("materialize"):
    see("value", dg.materialize([reader]).output_for_node("reader"))
see("called", reader())


@dg.asset
def nowhere():
    return 8


see("with the asset", dg.materialize([nowhere, reader]).output_for_node("reader"))
