import dagster as dg
from observe import ran, see

# Parameters of a graph_asset are upstream assets.


@dg.asset
def up():
    return 3


@dg.op
def double(x):
    return x * 2


@dg.op
def plus(x):
    return x + 1


@dg.graph_asset
def down(up):
    return plus(double(up))


@dg.graph_asset(ins={"given": dg.AssetIn("up")})
def other(given):
    return plus.alias("plus_other")(given)


see("deps", down.asset_deps[down.key])
result = dg.materialize([up, down, other])
ran("run", result)
see("down", result.asset_value("down"))
see("other", result.asset_value("other"))
