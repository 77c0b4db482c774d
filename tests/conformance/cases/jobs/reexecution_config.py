import dagster as dg
from observe import fails, ran, see

# A re-execution has the config of its parent if none is given, and goes on from re-executions too.


class Number(dg.Config):
    n: int = 0


calls = []


@dg.op
def a(config: Number):
    calls.append(["a", config.n])
    return config.n


@dg.op
def b(x, config: Number):
    calls.append(["b", config.n])
    if config.n == 2:
        raise ValueError
    return x


@dg.op
def c(x):
    return x


@dg.job(executor_def=dg.in_process_executor)
def j():
    c(b(a()))


with dg.instance_for_test() as instance:

    def again(run_id, config=None, selection=None):
        options = dg.ReexecutionOptions.from_failure(run_id, instance)
        if selection is not None:
            options = dg.ReexecutionOptions(parent_run_id=run_id, step_selection=selection)
        return dg.execute_job(dg.reconstructable(j), instance=instance, reexecution_options=options, run_config=config)

    config = {"ops": {"a": {"config": {"n": 5}}, "b": {"config": {"n": 2}}}}
    with dg.execute_job(dg.reconstructable(j), instance=instance, run_config=config) as first:
        pass
    with again(first.run_id) as second:
        ran("second", second)
        see("config", second.dagster_run.run_config)
        with fails("value of a step that was not run"):
            second.output_for_node("a")
    with again(second.run_id, {"ops": {"b": {"config": {"n": 3}}}}) as third:
        ran("third", third)
        see("value", third.output_for_node("c"))
        see("config of third", third.dagster_run.run_config)
        see("parent", third.dagster_run.parent_run_id == second.run_id)
        see("root", third.dagster_run.root_run_id == first.run_id)
    with fails("from the failure of a success"), again(third.run_id):
        pass
    for selection in (["*b"], ["b+"], []):
        with again(third.run_id, selection=selection) as result:
            ran(f"selected: {selection}", result)
    see("calls", calls)
