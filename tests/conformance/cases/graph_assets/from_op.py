import dagster as dg
from observe import ran, see

# AssetsDefinition.from_op.


@dg.op
def plus(up):
    "Adds one."
    return up + 1


@dg.asset
def up():
    return 1


made = dg.AssetsDefinition.from_op(plus)
see("keys", sorted(made.keys))
see("description", made.descriptions_by_key[dg.AssetKey("plus")])
result = dg.materialize([up, made])
ran("run", result)
see("value", result.asset_value("plus"))
renamed = dg.AssetsDefinition.from_op(
    plus,
    keys_by_input_name={"up": dg.AssetKey("z")},
    keys_by_output_name={"result": dg.AssetKey(["a", "b"])},
    group_name="g",
)
see("renamed", sorted(renamed.keys))
see("renamed inputs", sorted(renamed.keys_by_input_name.values()))
