import dagster as dg
from observe import fails, ran

# op_selection reaches into graphs by dotted path.

DIFFERS = {
    "inner.a+": "+ and * work inside graphs too",
    "inner.a+ raises": "+ and * work inside graphs too",
}


@dg.op
def a():
    return 1


@dg.op
def b(x):
    return x + 1


@dg.graph
def inner():
    return b(a())


@dg.op
def c(x):
    return x


@dg.job
def j():
    c(inner())


for query in [["inner.a"], ["inner"], ["inner.a", "inner.b"], ["inner.a+"], ["*c"]]:
    with fails(",".join(query) + " raises"):
        ran(",".join(query), j.execute_in_process(op_selection=query))
