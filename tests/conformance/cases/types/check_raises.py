import dagster as dg
from observe import fails, ran

# A type check that raises, or answers with nonsense.


def raises(context, value):
    raise KeyError("in the check")


def nonsense(context, value):
    return "yes"


def none(context, value):
    return None


for check in (raises, nonsense, none):
    made = dg.DagsterType(name="T", type_check_fn=check)

    @dg.op(out=dg.Out(made))
    def give():
        return 1

    @dg.job
    def j():
        give()

    ran(check.__name__, j.execute_in_process(raise_on_error=False))
    with fails(check.__name__ + " raises"):
        j.execute_in_process()
