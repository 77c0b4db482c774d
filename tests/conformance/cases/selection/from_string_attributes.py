import dagster as dg
from observe import fails, see

# group, tag, kind, owner and is.

DIFFERS = {
    "keys of owner:<null>": "it means the assets without an owner, as kind:<null> means those without a kind",
}


@dg.asset(group_name="g", tags={"k": "v"}, kinds={"sql"}, owners=["team:t", "me@x.org"])
def a(): ...


@dg.asset(group_name="h/i", tags={"empty": ""}, kinds={"python"})
def b(a): ...


@dg.asset
def c(): ...


graph = dg.Definitions(assets=[a, b, c, dg.AssetSpec("ext", group_name="g")]).resolve_asset_graph()

for text in [
    "group:g",
    'group:"g"',
    "group:h/i",
    'group:"h/*"',
    "group:default",
    "group:nope",
    "group:<null>",
    "tag:k=v",
    "tag:k",
    "tag:empty",
    'tag:"k"="v"',
    "tag:k=w",
    "tag:dagster/kind/sql",
    "kind:sql",
    "kind:python",
    "kind:nope",
    "kind:<null>",
    'owner:"team:t"',
    'owner:"me@x.org"',
    "owner:team:t",
    "is:external",
    "is:materializable",
    "is:external and group:g",
    "owner:<null>",
]:
    with fails(text):
        see(f"keys of {text}", dg.AssetSelection.from_string(text).resolve(graph))
