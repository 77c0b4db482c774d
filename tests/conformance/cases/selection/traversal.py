import dagster as dg
from observe import fails, see

# Upstream and downstream, with depths, with and without the start.


def node(name, *deps):
    return dg.asset(name=name, deps=deps)(lambda: None)


ALL = [node("a"), node("b", "a"), node("c", "b"), node("d", "c"), node("x", "b"), node("lonely")]
S = dg.AssetSelection


def keys(selection):
    return selection.resolve(ALL)


see("downstream", keys(S.assets("b").downstream()))
see("upstream", keys(S.assets("c").upstream()))
see("downstream 1", keys(S.assets("a").downstream(depth=1)))
see("downstream 0", keys(S.assets("a").downstream(depth=0)))
see("upstream 2", keys(S.assets("d").upstream(2)))
see("without self down", keys(S.assets("b").downstream(include_self=False)))
see("without self up", keys(S.assets("c").upstream(include_self=False)))
see("several without self", keys(S.assets("a", "b").downstream(include_self=False)))
see("of union", keys((S.assets("x") | S.assets("d")).upstream(1)))
see("roots", keys(S.all().roots()))
see("sinks", keys(S.all().sinks()))
see("roots of part", keys(S.assets("b", "c", "x").roots()))
see("sinks of part", keys(S.assets("a", "b").sinks()))
see("sources", keys(S.all().upstream_source_assets()))
see("lonely", keys(S.assets("lonely").downstream()))
with fails("negative depth"):
    keys(S.assets("a").downstream(depth=-1))
