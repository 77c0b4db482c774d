import dagster as dg
from observe import ran, see

# One upstream named several times is one dependency.


@dg.asset
def seed(): ...


@dg.asset(deps=[seed, "seed", dg.AssetKey("seed"), dg.AssetDep("seed")])
def plant(): ...


see("deps", plant.dependency_keys)
ran("run", dg.materialize([seed, plant]))
