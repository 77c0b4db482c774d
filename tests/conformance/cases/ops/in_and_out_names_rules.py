import dagster as dg
from observe import fails

# Which names inputs and outputs may have.

for name in ["good", "bad name", "a-b", "context", "input", "self"]:
    with fails(f"out {name!r}"):
        dg.op(name="f", out={name: dg.Out()})(lambda: 1)
with fails("in that is no parameter"):

    @dg.op(ins={"nope": dg.In()})
    def f(x):
        return x


with fails("in Nothing that is no parameter"):

    @dg.op(ins={"nope": dg.In(dg.Nothing)})
    def g(x):
        return x


with fails("in Nothing that is a parameter"):

    @dg.op(ins={"x": dg.In(dg.Nothing)})
    def h(x):
        return x
