import dagster as dg
from observe import fails, see

# A job whose function has parameters.


@dg.op
def plus(x):
    return x + 1


with fails("definition"):

    @dg.job
    def j(x):
        plus(x)

    with fails("run"):
        see("value", j.execute_in_process(input_values={"x": 1}).output_for_node("plus"))
