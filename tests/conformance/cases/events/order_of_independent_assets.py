import dagster as dg
from observe import ran

# Independent assets run in order of their names.


@dg.asset
def zebra():
    return 1


@dg.asset
def apple():
    return 1


@dg.asset(deps=[zebra])
def after_zebra():
    return 1


@dg.asset(deps=[apple])
def mango():
    return 1


ran("run", dg.materialize([zebra, mango, after_zebra, apple]))
