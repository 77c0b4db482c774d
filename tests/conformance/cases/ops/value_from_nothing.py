import dagster as dg
from observe import fails, ran

# An input with a value cannot come from a Nothing output.

DIFFERS = {
    "run untyped": "orch says why there is no value; Dagster fails with a KeyError of its memory",
    "run int": "orch says why there is no value; Dagster fails with a KeyError of its memory",
}


@dg.op(out=dg.Out(dg.Nothing))
def nothing():
    pass


@dg.op
def use(x):
    return x


@dg.op
def use_int(x: int):
    return x


for label, one in {"untyped": use, "int": use_int}.items():
    with fails(f"define {label}"):

        @dg.job
        def j():
            one(nothing())

        ran(f"run {label}", j.execute_in_process(raise_on_error=False))
