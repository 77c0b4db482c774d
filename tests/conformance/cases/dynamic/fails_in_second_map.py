import dagster as dg
from observe import ran, see

# A copy that fails stops its own chain and the collect, not its siblings.


@dg.op(out=dg.DynamicOut())
def numbers():
    for n in (2, 0, 5):
        yield dg.DynamicOutput(n, f"n{n}")


@dg.op
def divide(n):
    return 10 / n


@dg.op
def shift(x):
    return x + 1


@dg.op
def total(xs):
    return sum(xs)


@dg.op
def beside(n):
    return n


@dg.op
def all_of_beside(ns):
    return sorted(ns)


@dg.job
def j():
    ns = numbers()
    total(ns.map(divide).map(shift).collect())
    all_of_beside(ns.map(beside).collect())


result = j.execute_in_process(raise_on_error=False)
ran("run", result)
see("beside", result.output_for_node("all_of_beside"))
see(
    "failed",
    [event.step_key for event in result.get_step_failure_events()]
    if hasattr(result, "get_step_failure_events")
    else "none",
)
see("failed steps", sorted(event.step_key for event in result.filter_events(lambda e: e.is_step_failure)))
see("shift", result.output_for_node("shift"))
