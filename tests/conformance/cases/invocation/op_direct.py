import dagster as dg
from observe import fails, see

# Calling an op as a function.

DIFFERS = {
    "unknown": "an argument that nothing takes is a mistake, not ignored",
}


@dg.op
def plain():
    return 1


@dg.op
def add(x, y=10):
    return x + y


@dg.op
def typed(x: int) -> str:
    return str(x)


see("plain", plain())
see("positional", add(1))
see("keyword", add(x=1, y=2))
see("mixed", add(1, y=2))
see("typed", typed(4))
with fails("missing"):
    add()
with fails("too many"):
    add(1, 2, 3)
with fails("unknown"):
    add(1, z=2)
with fails("wrong type"):
    typed("a")
