import dagster as dg
from observe import fails, see

# What the errors of a run are, by class, and when they come.


@dg.op
def ok():
    return 1


@dg.op
def type_error(x: str):
    return x


@dg.op(out=dg.Out(int))
def wrong_out():
    return "x"


@dg.op
def yields_nothing():
    yield dg.AssetMaterialization("x")


@dg.op(out={"a": dg.Out(), "b": dg.Out()})
def one_of_two():
    return 1


@dg.op
def twice():
    yield dg.Output(1)
    yield dg.Output(2)


@dg.op
def unknown_name():
    yield dg.Output(1, "other")


@dg.op
def plain_in_generator():
    yield 1


@dg.op(out=dg.DynamicOut())
def dynamic_plain():
    return 1


@dg.op
def dynamic_undeclared():
    yield dg.DynamicOutput(1, "a")


@dg.op(out=dg.DynamicOut())
def same_key():
    yield dg.DynamicOutput(1, "a")
    yield dg.DynamicOutput(1, "a")


@dg.op(out=dg.Out(dg.Nothing))
def nothing_with_value():
    return 1


@dg.op
def exits():
    raise SystemExit(3)


def run(op_def, *inputs):
    @dg.job(name=f"job_{op_def.name}")
    def j():
        op_def(*[one() for one in inputs])

    with fails(op_def.name):
        j.execute_in_process()
    try:
        result = j.execute_in_process(raise_on_error=False)
    except BaseException as error:
        see(f"{op_def.name} raises", type(error).__name__)
    else:
        see(
            f"{op_def.name} events",
            [
                e.event_type_value
                for e in result.all_events
                if e.is_step_event and e.step_key == op_def.name and e.event_type_value.startswith("STEP")
            ],
        )


run(type_error, ok)
for op_def in (
    wrong_out,
    yields_nothing,
    one_of_two,
    twice,
    unknown_name,
    plain_in_generator,
    dynamic_plain,
    dynamic_undeclared,
    same_key,
    nothing_with_value,
):
    run(op_def)
