import dagster as dg
from observe import fails

# What is no type.

for label, kind in {"a string": "int", "a number": 5, "an instance": object(), "a lambda": (lambda x: True)}.items():
    with fails(label):
        dg.Out(kind)
        dg.op(name="f", out=dg.Out(kind))(lambda: 1)
with fails("DagsterType without a check"):
    dg.DagsterType(name="T", type_check_fn=None)
