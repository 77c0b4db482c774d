import dagster as dg
from observe import fails, see

# define_asset_job with every kind of selection.


@dg.asset(group_name="raw", tags={"layer": "bronze"}, owners=["team:data"], kinds={"sql"})
def a():
    return 1


@dg.asset(group_name="raw", key_prefix="s")
def b(a):
    return a


@dg.asset(ins={"b": dg.AssetIn(["s", "b"])}, group_name="mart", tags={"layer": "gold"})
def c(b):
    return b


@dg.asset
def d(c):
    return c


@dg.asset(deps=[d])
def e():
    return 1


@dg.asset_check(asset=c)
def c_ok():
    return dg.AssetCheckResult(passed=True)


S = dg.AssetSelection
selections = {
    "star": "*",
    "key": "a",
    "list": ["a", "s/b"],
    "keys": [dg.AssetKey("a"), dg.AssetKey(["s", "b"])],
    "definitions": [a, c],
    "down": "a+",
    "all down": "a*" if False else "key:a+",
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
    "S sources": S.assets("d").sources() if hasattr(S.assets("d"), "sources") else S.assets("d"),
    "S roots": S.all().roots(),
    "S no checks": S.assets("c").without_checks(),
    "S substring": S.key_substring("b"),
}
for label, selection in selections.items():
    try:
        job = dg.define_asset_job("j", selection=selection)
        defs = dg.Definitions(assets=[a, b, c, d, e], asset_checks=[c_ok], jobs=[job])
        found = defs.resolve_job_def("j") if hasattr(defs, "resolve_job_def") else defs.get_job_def("j")
        see(
            label,
            [
                sorted(k.to_user_string() for k in found.asset_layer.executable_asset_keys)
                if hasattr(found.asset_layer, "executable_asset_keys")
                else None
            ],
        )
    except Exception as error:
        see(label, [type(error).__name__ if type(error).__name__.startswith("Dagster") else "error"])
