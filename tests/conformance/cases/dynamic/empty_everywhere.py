import dagster as dg
from observe import fails, ran, see

# Nothing to map: what only maps never runs, what collects gets an empty list.


@dg.op(out=dg.DynamicOut())
def nothing():
    return []


@dg.op
def work(x):
    return x


@dg.op
def count(xs):
    return len(xs)


@dg.op
def after(n):
    return n + 1


@dg.op
def both(xs, n):
    return [xs, n]


@dg.job
def j():
    xs = nothing().map(work)
    n = count(xs.collect())
    both(xs.collect(), after(n))


result = j.execute_in_process()
ran("run", result)
see("both", result.output_for_node("both"))
with fails("no value of the dynamic output"):
    result.output_for_node("nothing")
