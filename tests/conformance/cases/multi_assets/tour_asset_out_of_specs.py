import dagster as dg
from observe import fails, ran, see

spec = dg.AssetSpec("orig", group_name="g", tags={"a": "b"}, metadata={"m": 1})


@dg.multi_asset(
    outs={"x": dg.AssetOut.from_spec(spec), "y": dg.AssetOut(key=["k", "y"], io_manager_key="mem")},
    internal_asset_deps={"y": {dg.AssetKey("orig")}, "x": set()},
)
def m(context: dg.AssetExecutionContext):
    see("names", sorted(context.selected_output_names))
    see(
        "for out",
        [
            context.asset_key_for_output("x"),
            context.asset_key_for_output("y"),
            context.output_for_asset_key(dg.AssetKey("orig")),
        ],
    )
    with fails("asset_key"):
        context.asset_key
    return 1, dg.Output(2, metadata={"q": 1}) if False else 2


ran("run", dg.materialize([m], resources={"mem": dg.mem_io_manager}))
see(
    "specs",
    [
        [s.key, s.group_name, s.tags, sorted(d.asset_key.to_user_string() for d in s.deps)]
        for s in sorted(m.specs, key=lambda s: s.key)
    ],
)
see("name", [m.op.name, m.node_def.name])
see("io", [m.get_io_manager_key_for_asset_key(dg.AssetKey(["k", "y"]))])
