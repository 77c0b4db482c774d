import dagster as dg
from observe import fails, see

# AssetOut made from a spec.

spec = dg.AssetSpec(
    ["a", "b"], description="d", metadata={"m": 1}, group_name="g", owners=["team:t"], tags={"x": "y"}, code_version="1"
)
out = dg.AssetOut.from_spec(spec, is_required=False, io_manager_key="other")


@dg.multi_asset(outs={"result": out})
def made(): ...


see("spec", [s.key for s in made.specs])
see("description", made.descriptions_by_key)
see("group", made.group_names_by_key)
see("required", made.op.outs["result"].is_required)
with fails("with deps"):
    dg.AssetOut.from_spec(dg.AssetSpec("a", deps=["b"]))
