import dagster as dg
from observe import fails, see

# Selection by group, prefix, tag, kind and owner.


@dg.asset(
    group_name="g1",
    tags={"k": "v", "empty": ""},
    kinds={"sql", "python"},
    owners=["team:t", "me@x.org"],
    key_prefix=["p", "q"],
)
def one(): ...


@dg.asset(group_name="g1", tags={"k": "w"}, kinds={"python"}, key_prefix="p")
def two(): ...


@dg.asset(owners=["team:t"])
def three(): ...


external = dg.AssetSpec("ext", group_name="g1", tags={"k": "v"}, kinds={"sql"})
ALL = [one, two, three, external]
S = dg.AssetSelection


def keys(selection):
    return selection.resolve(dg.Definitions(assets=ALL).resolve_asset_graph())


see("groups", keys(S.groups("g1")))
see("groups with sources", keys(S.groups("g1", include_sources=True)))
see("prefix", keys(S.key_prefixes("p")))
see("long prefix", keys(S.key_prefixes(["p", "q"])))
see("prefixes", keys(S.key_prefixes("p", "ext", include_sources=True)))
see("substring", keys(S.key_substring("o")))
see("substring with slash", keys(S.key_substring("q/on")))
see("tag", keys(S.tag("k", "v")))
see("tag with sources", keys(S.tag("k", "v", include_sources=True)))
see("tag empty", keys(S.tag("empty", "")))
see("tag string", keys(S.tag_string("k=v")))
see("tag string without value", keys(S.tag_string("empty")))
see("kind", keys(S.kind("python")))
see("kind with sources", keys(S.kind("sql", include_sources=True)))
see("owner", keys(S.owner("team:t")))
see("all", keys(S.all()))
see("all with sources", keys(S.all(include_sources=True)))
see("materializable", keys(S.all(include_sources=True).materializable()))
see("keys", keys(S.keys("three", ["p", "two"])))
with fails("keys with slash"):
    see("slash", keys(S.keys("p/two")))
with fails("assets with slash"):
    see("assets slash", keys(S.assets("p/two")))
