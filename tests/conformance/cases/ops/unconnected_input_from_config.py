import dagster as dg
from observe import fails, ran, see

# An unconnected input of a plain type is read from run config.


@dg.op
def double(x: int):
    return x * 2


@dg.job
def j():
    double()


result = j.execute_in_process(run_config={"ops": {"double": {"inputs": {"x": 21}}}})
see("value", result.output_for_node("double"))
ran("run", result)
with fails("without config"):
    j.execute_in_process()
with fails("of the wrong type"):
    j.execute_in_process(run_config={"ops": {"double": {"inputs": {"x": "no"}}}})
