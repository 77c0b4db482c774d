import dagster as dg
from observe import fails

# An asset cannot depend on itself without partitions.

with fails("deps"):

    @dg.asset(deps=["loop"])
    def loop(): ...


with fails("ins"):

    @dg.asset(ins={"x": dg.AssetIn("ring")})
    def ring(x): ...


with fails("parameter"):

    @dg.asset
    def knot(knot): ...
