import dagster as dg
from observe import fails, see

# Tags of an op and of its invocation end up on the step.


@dg.op(tags={"a": "1", "b": "1"})
def tagged(context):
    return 1


@dg.job
def j():
    tagged.tag({"b": "2", "c": "3"})()


see("definition", tagged.tags)
see("invocation", j.graph.node_dict["tagged"].tags)
with fails("a number as tag value"):
    dg.op(name="f", tags={"a": 1})(lambda: 1)
see("run", j.execute_in_process().success)
