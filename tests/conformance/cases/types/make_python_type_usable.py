import dagster as dg
from observe import fails, ran, see

# make_python_type_usable_as_dagster_type binds a check to a class.


class Even(int):
    pass


EvenType = dg.DagsterType(name="EvenType", type_check_fn=lambda _, value: isinstance(value, int) and value % 2 == 0)
dg.make_python_type_usable_as_dagster_type(Even, EvenType)


@dg.op
def good() -> Even:
    return 4


@dg.op
def bad() -> Even:
    return Even(3)


@dg.job
def j():
    good()
    bad()


see("name", good.outs["result"].dagster_type.display_name)
ran("run", j.execute_in_process(raise_on_error=False))
with fails("bound twice"):
    dg.make_python_type_usable_as_dagster_type(Even, dg.DagsterType(name="Other", type_check_fn=lambda _, v: True))
