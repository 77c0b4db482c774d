import dagster as dg
from observe import fails, see

# Sets of assets combined by union, intersection and difference.


@dg.asset(group_name="g")
def a(): ...


@dg.asset(group_name="g")
def b(a): ...


@dg.asset(group_name="h")
def c(b): ...


@dg.asset(group_name="h")
def d(): ...


ALL = [a, b, c, d]
S = dg.AssetSelection


def keys(selection):
    return selection.resolve(ALL)


see("assets", keys(S.assets(a, b)))
see("keys", keys(S.assets("a", dg.AssetKey("c"))))
see("union", keys(S.assets("a") | S.assets("b")))
see("intersection", keys(S.assets("a", "b") & S.assets("b", "c")))
see("difference", keys(S.groups("g") - S.assets("a")))
see("all minus", keys(S.all() - S.groups("g")))
see("groups", keys(S.groups("g", "h")))
see("unknown group", keys(S.groups("nope")))
see("empty", keys(S.assets()))
see("empty intersection", keys(S.assets("a") & S.assets("b")))
see("chain", keys((S.groups("g") | S.assets("c")) - S.assets("b") | S.assets("d")))
with fails("unknown key"):
    keys(S.assets("nope"))
with fails("union with a string"):
    keys(S.assets("a") | "b")
with fails("not a key"):
    S.assets(3)
