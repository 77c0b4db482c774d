import dagster as dg
from observe import see

# define_asset_job with every kind of selection.


@dg.asset(group_name="raw", tags={"layer": "bronze"}, owners=["team:data"], kinds={"sql"})
def a():
    return 1


@dg.asset(group_name="raw", key_prefix="s", deps=[a])
def b():
    return 1


@dg.asset(deps=[b], group_name="mart", tags={"layer": "gold"})
def c():
    return 1


@dg.asset(deps=[c])
def d():
    return 1


@dg.asset(deps=[d])
def e():
    return 1


S = dg.AssetSelection
selections = {
    "star": "*",
    "key": "a",
    "list": ["a", "s/b"],
    "keys": [dg.AssetKey("a"), dg.AssetKey(["s", "b"])],
    "definitions": [a, c],
    "down": "a+",
    "all down": "key:a+",
    "up": "+d",
    "two up": "2+d",
    "group": "group:raw",
    "tag": "tag:layer=gold",
    "owner": 'owner:"team:data"',
    "kind": "kind:sql",
    "and": "group:raw and tag:layer=bronze",
    "or": "a or e",
    "not": "not group:raw",
    "roots": "roots(*)",
    "sinks": "sinks(*)",
    "S all": S.all(),
    "S groups": S.groups("raw"),
    "S assets": S.assets(a, "d"),
    "S down": S.assets("a").downstream(depth=1),
    "S up": S.assets("e").upstream(),
    "S minus": S.all() - S.groups("raw"),
    "S and": S.assets("e").upstream() & S.groups("mart"),
    "S tag": S.tag("layer", "bronze"),
    "S prefix": S.key_prefixes("s"),
    "S roots": S.all().roots(),
    "S substring": S.key_substring("b"),
}
for label, selection in selections.items():
    try:
        job = dg.define_asset_job("j", selection=selection)
        defs = dg.Definitions(assets=[a, b, c, d, e], jobs=[job])
        defs.resolve_job_def("j")
        result = defs.resolve_job_def("j").execute_in_process()
        see(label, sorted(event.asset_key.to_user_string() for event in result.get_asset_materialization_events()))
    except Exception as error:
        see(label, isinstance(error, dg.DagsterError))
