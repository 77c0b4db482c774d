import dagster as dg
from observe import ran, see

# Output[int] as the return annotation is checked as int.


@dg.op
def good() -> dg.Output[int]:
    return dg.Output(5)


@dg.op
def wrong() -> dg.Output[int]:
    return dg.Output("a")


@dg.op
def bare() -> dg.Output[int]:
    return 5


@dg.job
def j():
    good()
    wrong()
    bare()


see("type", good.outs["result"].dagster_type.display_name)
ran("run", j.execute_in_process(raise_on_error=False))
