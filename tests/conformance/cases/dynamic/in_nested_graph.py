import dagster as dg
from observe import ran, see

# Dynamic steps inside a graph; only the collected value leaves it.


@dg.op(out=dg.DynamicOut())
def numbers(n):
    for i in range(n):
        yield dg.DynamicOutput(i, str(i))


@dg.op
def square(x):
    return x * x


@dg.op
def total(xs):
    return sum(xs)


@dg.op
def four():
    return 4


@dg.op
def show(x):
    return f"got {x}"


@dg.graph
def sum_of_squares(n):
    return total(numbers(n).map(square).collect())


@dg.job
def j():
    show(sum_of_squares(four()))


result = j.execute_in_process()
ran("run", result)
see("value", result.output_for_node("show"))
see("inner", result.output_for_node("sum_of_squares.square"))
