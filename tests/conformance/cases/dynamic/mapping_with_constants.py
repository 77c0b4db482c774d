import dagster as dg
from observe import fails, ran, see

# A mapped step also reads values that are not dynamic, and config of its own.


@dg.op(out=dg.DynamicOut())
def regions():
    yield dg.DynamicOutput("eu", "eu")
    yield dg.DynamicOutput("us", "us")


@dg.op
def limit():
    return 3


@dg.op(config_schema={"suffix": dg.Field(str, default_value="!"), "times": int})
def label(context, region, limit):
    return region * limit + context.op_config["suffix"] * context.op_config["times"]


@dg.op(out={"all": dg.Out(list), "first": dg.Out(is_required=False)})
def gather(labels):
    yield dg.Output(labels, "all")
    if labels:
        yield dg.Output(labels[0], "first")


@dg.op
def shout(text):
    return text.upper()


@dg.job
def j():
    n = limit()
    _, first = gather(regions().map(lambda region: label(region, n)).collect())
    shout(first)


result = j.execute_in_process({"ops": {"label": {"config": {"times": 2}}}})
ran("run", result)
see("label", result.output_for_node("label"))
see("shout", result.output_for_node("shout"))
with fails("no config"):
    j.execute_in_process()
with fails("config of a copy"):
    j.execute_in_process({"ops": {"label[eu]": {"config": {"times": 2}}}})
