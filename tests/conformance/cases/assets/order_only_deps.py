import dagster as dg
from observe import ran, see

# deps order steps and load nothing.

order = []


@dg.asset
def first() -> None:
    order.append("first")


@dg.asset(deps=[first])
def second() -> None:
    order.append("second")


@dg.asset(deps=[second, first])
def third() -> None:
    order.append("third")


ran("run", dg.materialize([third, second, first]))
see("order", order)
