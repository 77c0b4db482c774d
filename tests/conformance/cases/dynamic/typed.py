import dagster as dg
from observe import fails, ran

from typing import List

# Types of dynamic outputs and of what collects.


@dg.op(out=dg.DynamicOut(int))
def numbers():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput("x", "b")


@dg.op(out=dg.DynamicOut(int))
def fine():
    yield dg.DynamicOutput(1, "a")


@dg.op
def need_str(x: str):
    return x


@dg.op
def collect(xs: List[int]):
    return xs


@dg.job
def wrong_source():
    collect(numbers().collect())


@dg.job
def good():
    collect(fine().collect())


ran("wrong", wrong_source.execute_in_process(raise_on_error=False))
ran("good", good.execute_in_process())
with fails("map to another type"):

    @dg.job
    def k():
        fine().map(need_str)

    ran("mapped", k.execute_in_process(raise_on_error=False))
