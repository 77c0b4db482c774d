import dagster as dg
from observe import fails

# What `out` and `ins` refuse.

with fails("out as string"):
    dg.op(name="f", out="a")(lambda: 1)
with fails("out as type"):
    dg.op(name="f", out=int)(lambda: 1)
with fails("out with types as values"):
    dg.op(name="f", out={"a": int})(lambda: 1)
with fails("ins as list"):
    dg.op(name="f", ins=["a"])(lambda a: 1)
with fails("ins with types as values"):
    dg.op(name="f", ins={"a": int})(lambda a: 1)
with fails("two defaults"):

    @dg.op(ins={"a": dg.In(int, default_value="no")})
    def f(a):
        return a
