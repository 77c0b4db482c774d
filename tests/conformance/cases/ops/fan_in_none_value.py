import dagster as dg
from observe import see

# None among the values of a fan-in stays.


@dg.op
def one():
    return 1


@dg.op
def none():
    return None


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect([one(), none()])


see("value", j.execute_in_process().output_for_node("collect"))
