import dagster as dg
from observe import ran, see

# @graph_asset: several steps, one materialization.


@dg.op
def fetch():
    return 20


@dg.op
def double(x):
    return x * 2


@dg.graph_asset(description="d", metadata={"m": 1}, tags={"t": "v"}, owners=["team:x"], group_name="g", kinds={"k"})
def made():
    return double(fetch())


see("key", made.key)
see("description", made.descriptions_by_key[made.key])
see("group", made.group_names_by_key[made.key])
spec = made.get_asset_spec(made.key)
see("metadata", spec.metadata)
see("tags", spec.tags)
see("owners", spec.owners)
see("kinds", spec.kinds)
see("op", isinstance(made.node_def, dg.GraphDefinition))
result = dg.materialize([made])
ran("run", result)
see("value", result.output_for_node("made"))
see("asset value", result.asset_value("made"))
