import dagster as dg
from observe import ran, see

# A graph inside a graph per key; names of steps show the path and the key.


@dg.op(out=dg.DynamicOut())
def keys():
    for key in ("one", "two"):
        yield dg.DynamicOutput(key, key)


@dg.op
def head(key):
    return key[0]


@dg.op
def tail(key):
    return key[1:]


@dg.op
def join(a, b):
    return f"{a}-{b}"


@dg.graph
def inner(key):
    return join(head(key), tail(key))


@dg.graph
def outer(key):
    return inner(key)


@dg.op
def done(words):
    return words


@dg.job
def j():
    done(keys().map(outer).collect())


result = j.execute_in_process()
ran("run", result)
see("outer", result.output_for_node("outer"))
see("inner", result.output_for_node("outer.inner"))
see("join", result.output_for_node("outer.inner.join"))
see("done", result.output_for_node("done"))
