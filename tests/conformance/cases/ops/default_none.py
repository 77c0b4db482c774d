import dagster as dg
from observe import see

# None as a default is a default.


@dg.op
def maybe(a=None):
    return "none" if a is None else a


@dg.job
def j():
    maybe()


see("value", j.execute_in_process().output_for_node("maybe"))
