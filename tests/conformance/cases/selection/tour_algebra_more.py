import dagster as dg
from observe import fails, see


@dg.asset(group_name="g1", tags={"env": "prod", "k": ""}, kinds={"sql"}, owners=["team:a"])
def a(): ...
@dg.asset(deps=[a], group_name="g1", tags={"env": "dev"})
def b(): ...
@dg.asset(deps=[b], group_name="g2", key_prefix="p", kinds={"sql", "py"})
def c(): ...
@dg.asset(deps=[c], owners=["x@y.zz"])
def d(): ...
@dg.asset
def e(): ...


all_ = [a, b, c, d, e]
S = dg.AssetSelection


def r(name, sel):
    with fails("raise " + name):
        see(name, sorted(k.to_user_string() for k in sel().resolve(all_)))


r("all", lambda: S.all())
r("groups", lambda: S.groups("g1", "g2"))
r("minus", lambda: S.all() - S.groups("g1"))
r("and", lambda: S.groups("g1") & S.tag("env", "prod"))
r("or", lambda: S.assets(a) | S.assets(e))
r("keys", lambda: S.assets("a", ["p", "c"], dg.AssetKey("e")))
r("up", lambda: S.assets(d).upstream(depth=1))
r("up noself", lambda: S.assets(d).upstream(include_self=False))
r("down", lambda: S.assets("a").downstream(2))
r("roots", lambda: S.all().roots())
r("sinks", lambda: S.groups("g1").sinks())
r("kind", lambda: S.kind("sql"))
r("owner", lambda: S.owner("team:a"))
r("owner2", lambda: S.owner("x@y.zz"))
r("prefix", lambda: S.key_prefixes("p"))
r("tag str", lambda: S.tag_string("env=dev"))
r("sources", lambda: S.assets(c).upstream_source_assets())
r("mat", lambda: S.all().materializable())
r("substr", lambda: S.key_substring("a"))
r("unknown", lambda: S.assets("zzz"))
r("str1", lambda: S.from_string('key:"a"+'))
r("str2", lambda: S.from_string("group:g1 and not tag:env=prod"))
r("str3", lambda: S.from_string("sinks(*)"))
r("str4", lambda: S.from_string("+key:d"))
r("str5", lambda: S.from_string('owner:"team:a" or kind:py'))
r("str6", lambda: S.from_string("1+key:d+1"))
r("str7", lambda: S.from_string("key:p/*"))
r("coerce", lambda: S.from_coercible(["a", "e"]))
r("coerce2", lambda: S.from_coercible([a, b]))
r("coerce3", lambda: S.from_coercible("group:g2"))
r("bad", lambda: S.from_string("group:"))
r("bad2", lambda: S.from_coercible(5))
see(
    "strs",
    [
        str(S.groups("g1")),
        str(S.assets("a") | S.assets("e")),
        str(S.all() - S.tag("a", "b")),
        str(S.assets("a").downstream()),
        str(S.assets("d").upstream(depth=2)),
    ],
)
