import dagster as dg
from observe import fails, see

# input_values of @job.


@dg.op
def plus(x: int):
    return x + 1


with fails("definition"):

    @dg.job(input_values={"x": 4})
    def j(x):
        plus(x)

    see("value", j.execute_in_process().output_for_node("plus"))
