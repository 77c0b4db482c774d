import dagster as dg
from observe import fails, see

# An entry of ins whose name is no parameter of the function.

with fails("unknown parameter"):

    @dg.asset(ins={"ghost": dg.AssetIn(key="x")})
    def plain(): ...


with fails("nothing type may be absent"):

    @dg.asset(ins={"ghost": dg.AssetIn(key="x", dagster_type=dg.Nothing)})
    def ordered(): ...

    see("inputs", ordered.keys_by_input_name)
    see("type", ordered.op.ins["ghost"].dagster_type.display_name)
