import dagster as dg
from observe import see

# A value changed by one op is seen by its sibling in memory.


@dg.op
def make():
    return [1]


@dg.op
def change(xs):
    xs.append(2)
    return xs


@dg.op
def read(xs):
    return list(xs)


@dg.job
def j():
    xs = make()
    change(xs)
    read(xs)


result = j.execute_in_process()
see("read", result.output_for_node("read"))
see("made", result.output_for_node("make"))
