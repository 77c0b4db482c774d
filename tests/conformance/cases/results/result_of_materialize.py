import dagster as dg
from observe import fails, ran, see

# What the result of materialize answers.


@dg.asset(key_prefix="p", group_name="g")
def first():
    return dg.Output(1, metadata={"n": 1}, data_version=dg.DataVersion("v1"))


@dg.multi_asset(specs=[dg.AssetSpec("x"), dg.AssetSpec("y", deps=["x"])], can_subset=True)
def two(context):
    for key in sorted(context.selected_asset_keys):
        yield dg.MaterializeResult(asset_key=key, metadata={"k": key.to_user_string()})


@dg.asset(deps=["x"])
def second(first):
    return first + 1


@dg.asset(ins={"first": dg.AssetIn(["p", "first"])})
def third(first):
    raise ValueError("no")


result = dg.materialize([first, two, third], raise_on_error=False)
ran("failed", result)
see("value", result.output_for_node("p__first"))
see("asset value", result.asset_value(["p", "first"]))
with fails("value of failed"):
    result.asset_value("third")
with fails("value of specs"):
    result.asset_value("x")
see("events", [[e.asset_key, e.step_key] for e in result.get_asset_materialization_events()])
see("of node", [m.asset_key for m in result.asset_materializations_for_node("two")])
see("success", [result.is_node_success("two"), result.is_node_failed("third")])
see(
    "tags",
    {
        k: v
        for k, v in result.asset_materializations_for_node("p__first")[0].tags.items()
        if k == "dagster/data_version"
    },
)
see(
    "selection",
    sorted(
        e.asset_key.to_user_string()
        for e in dg.materialize([first, two], selection="y").get_asset_materialization_events()
    ),
)
