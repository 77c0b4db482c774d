import dagster as dg
from observe import ran, see

# dagster/priority changes the order.

order = []


@dg.op(tags={"dagster/priority": "-1"})
def a_low():
    order.append("low")


@dg.op
def b_normal():
    order.append("normal")


@dg.op(tags={"dagster/priority": "5"})
def c_high():
    order.append("high")


@dg.job
def j():
    a_low()
    b_normal()
    c_high()


ran("run", j.execute_in_process())
see("order", order)
