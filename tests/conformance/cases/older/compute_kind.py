import dagster as dg
from observe import fails, see

# compute_kind and non-argument dependencies.


@dg.asset(compute_kind="pandas")
def a() -> None: ...


see("op tags", dict(a.op.tags))
see("kinds", list(a.specs)[0].kinds)
with fails("non argument deps"):

    @dg.asset(non_argument_deps={"a"})
    def b() -> None: ...

    see("deps", b.dependency_keys)
with fails("both spellings"):

    @dg.asset(non_argument_deps={"a"}, deps=["a"])
    def c() -> None: ...


with fails("multi asset"):

    @dg.multi_asset(outs={"x": dg.AssetOut()}, compute_kind="spark")
    def d(): ...

    see("multi op tags", dict(d.op.tags))
