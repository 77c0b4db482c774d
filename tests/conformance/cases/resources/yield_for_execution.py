import dagster as dg
from observe import see

from contextlib import contextmanager

# A context manager around the run.

order = []


class Door(dg.ConfigurableResource):
    name: str = "d"

    @contextmanager
    def yield_for_execution(self, context):
        order.append("open")
        try:
            yield self
        finally:
            order.append("close")


@dg.asset
def a(door: Door) -> None:
    order.append(f"a through {door.name}")


@dg.asset(deps=[a])
def b(door: Door) -> None:
    raise ValueError("stuck")


dg.materialize([a], resources={"door": Door()})
see("order", list(order))
order.clear()
see("success", dg.materialize([a, b], resources={"door": Door()}, raise_on_error=False).success)
see("with a failure", order)
