import dagster as dg
from observe import ran

# What was yielded before an error stays.


@dg.asset
def half():
    yield dg.Output(1)
    raise RuntimeError("later")


@dg.asset
def reader(half): ...


ran("run", dg.materialize([half, reader], raise_on_error=False))
