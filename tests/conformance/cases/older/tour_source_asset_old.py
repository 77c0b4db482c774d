import dagster as dg
from observe import fails, see

src = dg.SourceAsset(
    key=dg.AssetKey("src"), description="S", metadata={"a": 1}, io_manager_key="lake", group_name="lake"
)


class Lake(dg.IOManager):
    def handle_output(self, context, obj):
        raise NotImplementedError

    def load_input(self, context):
        return [
            "lake",
            context.asset_key.path,
            context.upstream_output.definition_metadata.get("a") if context.upstream_output else None,
        ]


@dg.asset
def use(src):
    return src


r = dg.materialize([use, src], resources={"lake": Lake()})
see("v", r.output_for_node("use"))
see("attrs", [src.key, src.description, src.group_name, src.io_manager_key, src.is_observable])
with fails("no lake"):
    dg.materialize([use, src])
d = dg.Definitions(assets=[use, src], resources={"lake": Lake()})
see("load", d.load_asset_value("src"))
see(
    "mats",
    [
        m.asset_key
        for m in d.resolve_implicit_global_asset_job_def().execute_in_process().get_asset_materialization_events()
    ],
)


@dg.asset
def use2(context):
    return 1


with fails("dep on table"):
    dg.materialize([use])
