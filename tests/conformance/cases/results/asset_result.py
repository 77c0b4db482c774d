import dagster as dg
from observe import fails, see

# asset_value, materializations and observations of a materialize result.

DIFFERS = {
    "b by text with slash": "a key has no part that holds `/`, in both modes",
}


@dg.asset
def a():
    return 1


@dg.asset(key_prefix=["p"])
def b(a):
    return dg.Output(a + 1, metadata={"n": 5})


result = dg.materialize([a, b])
see("a", result.asset_value("a"))
see("b", result.asset_value(["p", "b"]))
see("b by key", result.asset_value(dg.AssetKey(["p", "b"])))
with fails("b by text with slash"):
    result.asset_value("p/b")
with fails("unknown"):
    result.asset_value("nope")
see("by node", result.output_for_node("a"))
see("by node name with prefix", result.output_for_node("p__b"))
see("materializations", [m.asset_key for m in result.get_asset_materialization_events()])
see("for node", [[m.asset_key, m.metadata["n"]] for m in result.asset_materializations_for_node("p__b")])
see("checks", result.get_asset_check_evaluations())
