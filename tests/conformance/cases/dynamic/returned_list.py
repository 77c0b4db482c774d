import dagster as dg
from observe import ran, see

from typing import List

# A dynamic op may return a list of DynamicOutput.


@dg.op(out=dg.DynamicOut())
def numbers():
    return [dg.DynamicOutput(i, mapping_key=str(i)) for i in (3, 1, 2)]


@dg.op
def annotated() -> List[dg.DynamicOutput[int]]:
    return [dg.DynamicOutput(i, mapping_key=str(i)) for i in (3, 1, 2)]


@dg.op
def same(x):
    return x


@dg.op
def collect(xs):
    return xs


@dg.job
def j():
    collect(numbers().map(same).collect())


@dg.job
def k():
    collect(annotated().map(same).collect())


see("is dynamic", annotated.outs["result"].is_dynamic)
see("order", j.execute_in_process().output_for_node("collect"))
result = k.execute_in_process()
ran("run", result)
see("annotated", result.output_for_node("collect"))
