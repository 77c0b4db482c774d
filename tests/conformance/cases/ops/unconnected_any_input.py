import dagster as dg
from observe import fails, see

# An unconnected input without a type can be given in run config as {value: ...} or not at all.


@dg.op
def show(x):
    return x


with fails("definition"):

    @dg.job
    def j():
        show()

    with fails("no config"):
        j.execute_in_process()
    with fails("value config"):
        see(
            "value",
            j.execute_in_process(run_config={"ops": {"show": {"inputs": {"x": {"value": 5}}}}}).output_for_node("show"),
        )
    with fails("plain config"):
        see("plain", j.execute_in_process(run_config={"ops": {"show": {"inputs": {"x": 5}}}}).output_for_node("show"))
