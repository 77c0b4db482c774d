import dagster as dg
from observe import fails, ran, see

# DagsterType with metadata, subclasses, in inputs and outputs, in lists and optionals.


DIFFERS = {"list with odd checks": "the check of a list says which item is wrong"}


def is_even(context, value):
    if not isinstance(value, int):
        return dg.TypeCheck(False, description="no number", metadata={"got": type(value).__name__})
    return dg.TypeCheck(value % 2 == 0, metadata={"value": value})


Even = dg.DagsterType(
    name="Even", type_check_fn=is_even, description="even numbers", typing_type=int, metadata={"m": 1}
)


@dg.op(config_schema=dg.Any, out=dg.Out(Even))
def give(context):
    return context.op_config


@dg.op(ins={"x": dg.In(Even)})
def take(x):
    return x


@dg.op(config_schema=dg.Any, out=dg.Out(list[int]))
def gives_list(context):
    return context.op_config


@dg.op(ins={"xs": dg.In(dg.List[Even])}, out=dg.Out(dg.Optional[Even]))
def takes_list(xs):
    return xs[0] if xs else None


@dg.job
def j():
    take(give())


@dg.job
def k():
    takes_list(gives_list())


def run(label, job, node, value):
    result = job.execute_in_process({"ops": {node: {"config": value}}}, raise_on_error=False)
    ran(label, result)
    see(
        f"{label} checks",
        [
            [
                e.step_key,
                e.event_specific_data.type_check_data.success,
                e.event_specific_data.type_check_data.description,
                e.event_specific_data.type_check_data.metadata,
            ]
            for e in result.all_events
            if e.event_type_value in ("STEP_INPUT", "STEP_OUTPUT")
        ],
    )


run("even", j, "give", 4)
run("odd", j, "give", 3)
run("text", j, "give", "x")
run("list", k, "gives_list", [2, 4])
run("list with odd", k, "gives_list", [2, 3])
run("empty list", k, "gives_list", [])
with fails("raised"):
    j.execute_in_process({"ops": {"give": {"config": 3}}})
see("type", [Even.display_name, Even.unique_name, Even.description, Even.metadata, Even.typing_type.__name__])
see(
    "checked",
    [
        dg.check_dagster_type(Even, 2).success,
        dg.check_dagster_type(Even, 3).success,
        dg.check_dagster_type(dg.Optional[Even], None).success,
    ],
)
