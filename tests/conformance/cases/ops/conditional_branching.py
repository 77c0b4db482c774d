import dagster as dg
from observe import ran, see

# Which branch runs is decided at run time; the rest is skipped, the end takes what is there.


class Branch(dg.Config):
    left: bool


@dg.op(out={"left": dg.Out(int, is_required=False), "right": dg.Out(int, is_required=False)})
def fork(config: Branch):
    if config.left:
        yield dg.Output(1, "left")
    else:
        yield dg.Output(2, "right")


@dg.op
def on_left(x: int) -> int:
    return x * 10


@dg.op
def on_right(x: int) -> int:
    return x * 100


@dg.op
def fan_in(xs: list) -> list:
    return xs


@dg.op
def needs_both(a, b):
    return a + b


@dg.op
def last(xs):
    return xs


@dg.job
def j():
    left, right = fork()
    a, b = on_left(left), on_right(right)
    fan_in([a, b])
    last(needs_both(a, b))


for left in (True, False):
    result = j.execute_in_process(dg.RunConfig(ops={"fork": Branch(left=left)}))
    ran(f"left {left}", result)
    see(f"fan in {left}", result.output_for_node("fan_in"))
    see(f"skipped {left}", [e.step_key for e in result.all_events if e.is_step_skipped])
    see(
        f"success of skipped {left}",
        result.get_step_success_events()[0].step_key if hasattr(result, "get_step_success_events") else "none",
    )
