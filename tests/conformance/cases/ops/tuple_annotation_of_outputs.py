import dagster as dg
from observe import fails, ran, see

from typing import Tuple

# A tuple annotation with several outs types each of them.


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def two() -> Tuple[int, str]:
    return 1, "x"


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def wrong() -> Tuple[int, str]:
    return 1, 2


see("a", two.outs["a"].dagster_type.display_name)
see("b", two.outs["b"].dagster_type.display_name)


@dg.job
def j():
    two()
    wrong()


ran("run", j.execute_in_process(raise_on_error=False))
with fails("lengths disagree"):

    @dg.op(out={"a": dg.Out(), "b": dg.Out()})
    def bad() -> Tuple[int, str, int]:
        return 1, "x", 2
