import dagster as dg
from observe import see

# Set up before and torn down after, in order.

order = []


class Inner(dg.ConfigurableResource):
    def setup_for_execution(self, context):
        order.append("inner up")

    def teardown_after_execution(self, context):
        order.append("inner down")


class Outer(dg.ConfigurableResource):
    inner: Inner

    def setup_for_execution(self, context):
        order.append("outer up")

    def teardown_after_execution(self, context):
        order.append("outer down")


class Other(dg.ConfigurableResource):
    def setup_for_execution(self, context):
        order.append("other up")

    def teardown_after_execution(self, context):
        order.append("other down")


@dg.asset
def a(outer: Outer) -> None:
    order.append("a")


@dg.asset(deps=[a])
def b(other: Other, outer: Outer) -> None:
    order.append("b")


dg.materialize([a, b], resources={"outer": Outer(inner=Inner()), "other": Other()})
see("order", order)
