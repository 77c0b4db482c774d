import dagster as dg
from observe import fails, see

s = dg.AssetSpec(
    "k",
    deps=["u", dg.AssetDep("v"), dg.AssetSpec("w")],
    description="d",
    metadata={"m": 1},
    skippable=True,
    group_name="g",
    code_version="c",
    owners=["team:t"],
    tags={"a": "b"},
    kinds={"x"},
)
see(
    "fields",
    [
        s.key,
        [d.asset_key for d in s.deps],
        s.description,
        s.metadata,
        s.skippable,
        s.group_name,
        s.code_version,
        s.owners,
        s.tags,
        s.kinds,
    ],
)
r = s.replace_attributes(key="n", deps=[], tags={}, metadata={"z": 2})
see("replaced", [r.key, r.deps, r.tags, r.metadata, r.kinds, r.owners])
m = s.merge_attributes(deps=["q"], metadata={"m": 5, "n": 2}, owners=["me@x.io"], tags={"c": "d"}, kinds={"y"})
see("merged", [[d.asset_key for d in m.deps], m.metadata, m.owners, m.tags, m.kinds])
see("with prefix", [x.key for x in dg.map_asset_specs(lambda x: x.replace_attributes(key=x.key.with_prefix("p")), [s])])
see("io", s.with_io_manager_key("iom").metadata)
with fails("dup dep"):
    see("dd", [d.asset_key for d in dg.AssetSpec("a", deps=["x", "x"]).deps])
with fails("bad key"):
    dg.AssetSpec(3)
with fails("bad dep"):
    dg.AssetSpec("a", deps=[4])
with fails("no key"):
    dg.AssetSpec()
with fails("unknown replace"):
    s.replace_attributes(nope=1)
see(
    "equal",
    [
        dg.AssetSpec("a") == dg.AssetSpec("a"),
        dg.AssetSpec("a") == dg.AssetSpec("b"),
        hash(dg.AssetKey("a")) == hash(dg.AssetKey(["a"])),
    ],
)
d1 = dg.AssetDep("x")
d2 = dg.AssetDep("x")
see("dep eq", [d1 == d2, d1.asset_key, d1.partition_mapping])
see("from coercible", [dg.AssetDep.from_coercible(x).asset_key for x in ("a", dg.AssetKey("b"), dg.AssetSpec("c"), d1)])


@dg.asset
def f(): ...
@dg.asset(deps=[f])
def h(): ...


h2 = (
    h.with_attributes(
        asset_key_replacements={dg.AssetKey("f"): dg.AssetKey(["z", "f"]), dg.AssetKey("h"): dg.AssetKey("hh")},
        group_names_by_key={dg.AssetKey("h"): "gg"},
        tags_by_key={dg.AssetKey("h"): {"a": "b"}},
    )
    if True
    else None
)
see("with attrs", [h2.key, h2.dependency_keys, h2.group_names_by_key, h2.tags_by_key])
mp = dg.map_asset_specs(lambda x: x.merge_attributes(metadata={"n": 1}), [f, h, s])
see("map types", [type(x).__name__ for x in mp])
see("map meta", [[x.metadata for x in y.specs] if isinstance(y, dg.AssetsDefinition) else y.metadata for y in mp])
with fails("map changes key of def"):
    see(
        "mapped key",
        [x.key for x in dg.map_asset_specs(lambda x: x.replace_attributes(key=x.key.with_prefix("p")), [f])],
    )
