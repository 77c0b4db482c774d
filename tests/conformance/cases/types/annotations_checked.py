import dagster as dg
from observe import fails, ran

# Annotations of inputs and outputs are checked at run time.


@dg.op
def text():
    return "x"


@dg.op
def need_int(x: int):
    return x


@dg.op
def claims_int() -> int:
    return "x"


@dg.job
def bad_input():
    need_int(text())


@dg.job
def bad_output():
    claims_int()


ran("input", bad_input.execute_in_process(raise_on_error=False))
ran("output", bad_output.execute_in_process(raise_on_error=False))
with fails("input raises"):
    bad_input.execute_in_process()
with fails("output raises"):
    bad_output.execute_in_process()
