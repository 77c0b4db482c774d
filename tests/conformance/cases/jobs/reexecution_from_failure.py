import dagster as dg
from observe import fails, ran, see

# ReexecutionOptions.from_failure runs only what is left.

state = {"fail": True}
calls = []


@dg.op
def a():
    calls.append("a")
    return 1


@dg.op
def b(x):
    calls.append("b")
    if state["fail"]:
        raise ValueError
    return x + 1


@dg.op
def c(x):
    calls.append("c")
    return x + 1


@dg.job(executor_def=dg.in_process_executor)
def j():
    c(b(a()))


with dg.instance_for_test() as instance:
    with dg.execute_job(dg.reconstructable(j), instance=instance) as first:
        ran("first", first)
    state["fail"] = False
    options = dg.ReexecutionOptions.from_failure(first.run_id, instance)
    with dg.execute_job(dg.reconstructable(j), instance=instance, reexecution_options=options) as again:
        ran("again", again)
        see("value", again.output_for_node("c"))
    see("calls", calls)
    run = instance.get_run_by_id(again.run_id)
    see("parent", run.parent_run_id == first.run_id)
    see("root", run.root_run_id == first.run_id)
    with fails("of a success"):
        dg.ReexecutionOptions.from_failure(again.run_id, instance)
