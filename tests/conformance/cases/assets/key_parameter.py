import dagster as dg
from observe import fails, see

# The key can be given as a string, a list, an AssetKey, with slashes or without.

DIFFERS = {
    "empty key": "a key without parts names nothing",
}


@dg.asset(key="one")
def a1(): ...


@dg.asset(key=["two", "parts"])
def a2(): ...


@dg.asset(key=dg.AssetKey(["three", "parts", "here"]))
def a3(): ...


see("keys", [a.key for a in (a1, a2, a3)])
see("ops", [a.op.name for a in (a1, a2, a3)])
with fails("slash in a string"):

    @dg.asset(key="four/parts")
    def a4(): ...

    see("slash key", a4.key.path)
with fails("slash in a list"):

    @dg.asset(key=["five/six"])
    def a5(): ...


with fails("key and name"):

    @dg.asset(key="k", name="n")
    def a6(): ...


with fails("key and prefix"):

    @dg.asset(key="k", key_prefix="p")
    def a7(): ...


with fails("empty key"):

    @dg.asset(key=[])
    def a8(): ...
