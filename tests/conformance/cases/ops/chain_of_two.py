import dagster as dg
from observe import ran, see

# Two ops, the value of the first handed to the second.


@dg.op
def number():
    return 20


@dg.op
def double(number):
    return number * 2


@dg.job
def arithmetic():
    double(number())


result = arithmetic.execute_in_process()
ran("run", result)
see("value", result.output_for_node("double"))
