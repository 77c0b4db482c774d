import dagster as dg
from observe import ran, see

# An op with no outputs at all.


@dg.op(out={})
def silent():
    pass


@dg.op(out={})
def talks():
    return 5


@dg.job
def j():
    silent()
    talks()


see("outs", list(silent.outs))
ran("run", j.execute_in_process(raise_on_error=False))
