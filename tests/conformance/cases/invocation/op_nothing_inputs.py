import dagster as dg
from observe import fails, see

# Nothing inputs are not arguments in a direct call.


@dg.op(ins={"start": dg.In(dg.Nothing)})
def after(x):
    return x


see("value", after(1))
with fails("given"):
    after(1, start=None)
with fails("positional"):
    after(None, 1)
