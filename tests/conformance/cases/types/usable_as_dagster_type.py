import dagster as dg
from observe import ran, see

# @usable_as_dagster_type names a class.


@dg.usable_as_dagster_type(name="Nice", description="a nice class")
class Thing:
    pass


@dg.op
def make() -> Thing:
    return Thing()


@dg.op
def wrong() -> Thing:
    return 1


@dg.job
def j():
    make()
    wrong()


see("name", make.outs["result"].dagster_type.display_name)
see("description", make.outs["result"].dagster_type.description)
ran("run", j.execute_in_process(raise_on_error=False))


@dg.usable_as_dagster_type
class Bare:
    pass


@dg.op
def bare() -> Bare:
    return Bare()


see("bare", bare.outs["result"].dagster_type.display_name)
