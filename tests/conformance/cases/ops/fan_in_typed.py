import dagster as dg
from observe import ran, see

from typing import List

# A typed fan-in checks the list it got.


@dg.op
def one():
    return 1


@dg.op
def a():
    return "a"


@dg.op
def total(xs: List[int]):
    return sum(xs)


@dg.job
def good():
    total([one(), one.alias("b")()])


@dg.job
def bad():
    total([one(), a()])


see("good", good.execute_in_process().output_for_node("total"))
ran("bad", bad.execute_in_process(raise_on_error=False))
