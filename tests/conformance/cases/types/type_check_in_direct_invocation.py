import dagster as dg
from observe import fails, see

# Direct invocation checks types as a run does.


@dg.op
def need_int(x: int) -> int:
    return x


@dg.op
def lies() -> int:
    return "a"


with fails("input"):
    see("input value", need_int("a"))
with fails("output"):
    see("output value", lies())
