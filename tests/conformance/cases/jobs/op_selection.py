import dagster as dg
from observe import fails, ran

# op_selection of execute_in_process runs a part.


@dg.op
def a():
    return 1


@dg.op
def b(x):
    return x + 1


@dg.op
def c(x):
    return x + 1


@dg.op
def other():
    return 9


@dg.job
def j():
    c(b(a()))
    other()


for query in [["a"], ["*b"], ["a*"], ["a+"], ["++c"], ["+b", "other"], ["a", "b"]]:
    ran(",".join(query), j.execute_in_process(op_selection=query))
with fails("unknown"):
    j.execute_in_process(op_selection=["nope"])
with fails("input missing"):
    j.execute_in_process(op_selection=["b"])
with fails("empty"):
    j.execute_in_process(op_selection=[])
