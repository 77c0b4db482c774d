import dagster as dg
from observe import fails, ran

# Connecting an output to an input of another type.


@dg.op
def text() -> str:
    return "x"


@dg.op
def number(x: int):
    return x


with fails("definition"):

    @dg.job
    def j():
        number(text())

    ran("run", j.execute_in_process(raise_on_error=False))
