import dagster as dg
from observe import fails, see

# AssetOut says everything about one of the outs.

out = dg.AssetOut(
    key=["x", "y"],
    description="d",
    metadata={"m": 1},
    group_name="g",
    code_version="3",
    is_required=False,
    io_manager_key="other",
    tags={"t": "u"},
    kinds={"python"},
    owners=["team:t"],
)
see("key", out.key)


@dg.multi_asset(
    outs={
        "one": out,
        "two": dg.AssetOut(key_prefix="pre"),
        "three": dg.AssetOut(key_prefix=["a", "b"], io_manager_key="third"),
    }
)
def made(): ...


see("keys", made.keys_by_output_name)
see("groups", made.group_names_by_key)
see("tags", made.tags_by_key)
see("metadata", made.metadata_by_key)
see("versions", made.code_versions_by_key)
see("owners", made.owners_by_key)
see("descriptions", made.descriptions_by_key)
see("required", {n: o.is_required for n, o in made.op.outs.items()})
see("io", {n: o.io_manager_key for n, o in made.op.outs.items()})
see("resources", made.required_resource_keys)
with fails("key and prefix"):
    dg.AssetOut(key="a", key_prefix="b")
with fails("string key"):
    see("from string", dg.AssetOut("abc").key_prefix)
