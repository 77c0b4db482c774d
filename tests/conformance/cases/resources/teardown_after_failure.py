import dagster as dg
from observe import fails, ran, see

# Teardown comes after a failed step, and after a failed setup of another.

order = []


class Good(dg.ConfigurableResource):
    def setup_for_execution(self, context):
        order.append("good up")

    def teardown_after_execution(self, context):
        order.append("good down")


class Bad(dg.ConfigurableResource):
    def setup_for_execution(self, context):
        order.append("bad up")
        raise ValueError("no")

    def teardown_after_execution(self, context):
        order.append("bad down")


@dg.asset
def failing(good: Good):
    raise RuntimeError("x")


@dg.asset
def never(good: Good, zbad: Bad):
    order.append("never")


ran("failing", dg.materialize([failing], resources={"good": Good()}, raise_on_error=False))
see("order", list(order))
order.clear()
with fails("setup raises"):
    dg.materialize([never], resources={"good": Good(), "zbad": Bad()})
see("order after setup", list(order))
with fails("no raise"):
    result = dg.materialize([never], resources={"good": Good(), "zbad": Bad()}, raise_on_error=False)
    see("success", result.success)
