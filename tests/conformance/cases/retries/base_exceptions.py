import dagster as dg
from observe import ran, see

# SystemExit and KeyboardInterrupt in an op.


@dg.op
def leaves():
    raise SystemExit(3)


@dg.op
def after(x):
    return x


@dg.job
def j():
    after(leaves())


try:
    result = j.execute_in_process(raise_on_error=False)
    ran("exit", result)
except BaseException as error:
    see("raised", type(error).__name__)
