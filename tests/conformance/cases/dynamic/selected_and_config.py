import dagster as dg
from observe import fails, ran, see

# Dynamic jobs with op selection and inputs by config.


@dg.op(out=dg.DynamicOut(int), config_schema={"n": int})
def numbers(context):
    for n in range(context.op_config["n"]):
        yield dg.DynamicOutput(n, str(n))


@dg.op(config_schema={"by": dg.Field(int, default_value=2)})
def times(context, x):
    return x * context.op_config["by"]


@dg.op
def total(xs: list[int]) -> int:
    return sum(xs)


@dg.op
def after(x):
    return -x


@dg.job
def j():
    after(total(numbers().map(times).collect()))


config = {"ops": {"numbers": {"config": {"n": 3}}}}
ran("all", j.execute_in_process(config))
ran("two", j.execute_in_process(config, op_selection=["numbers", "times"]))
ran("until total", j.execute_in_process(config, op_selection=["*total"]))
see(
    "total alone",
    j.execute_in_process(
        {"ops": {"total": {"inputs": {"xs": [1, {"value": 2}]}}}}, op_selection=["total"]
    ).output_for_node("total"),
)
with fails("times alone"):
    j.execute_in_process(op_selection=["times"])
see(
    "by",
    j.execute_in_process({"ops": {"numbers": {"config": {"n": 2}}, "times": {"config": {"by": 5}}}}).output_for_node(
        "after"
    ),
)
