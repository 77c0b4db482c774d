import dagster as dg
from observe import fails, see

# AssetIn takes a key or a prefix, not both.

with fails("both"):
    dg.AssetIn(key="a", key_prefix="b")
see("key", dg.AssetIn(key="a").key)
see("list", dg.AssetIn(key=["a", "b"]).key)
see("prefix", dg.AssetIn(key_prefix="b").key_prefix)
see("prefix list", dg.AssetIn(key_prefix=["b", "c"]).key_prefix)
see("nothing", [dg.AssetIn().key, dg.AssetIn().key_prefix, dg.AssetIn().metadata, dg.AssetIn().input_manager_key])


@dg.asset
def up(): ...


@dg.asset(ins={"up": dg.AssetIn(metadata={"how": "fast"})})
def down(up): ...


see("metadata of the input", down.op.ins["up"].metadata)
