import dagster as dg
from observe import fails, see

# configured makes a definition with config filled in.


@dg.op(config_schema={"a": int, "b": dg.Field(int, default_value=2)})
def made(context):
    return [context.op_config["a"], context.op_config["b"]]


whole = made.configured({"a": 1}, name="whole")


@dg.configured(made)
def from_nothing(_):
    return {"a": 7}


@dg.configured(made, config_schema={"x": int})
def doubled(config):
    return {"a": config["x"] * 2}


see("names", [whole.name, from_nothing.name, doubled.name])


@dg.job
def j():
    whole()
    from_nothing()
    doubled()


result = j.execute_in_process(run_config={"ops": {"doubled": {"config": {"x": 4}}}})
see("values", [result.output_for_node(n) for n in ("whole", "from_nothing", "doubled")])
with fails("wrong config"):
    made.configured({"a": "x"}, name="bad")

    @dg.job
    def k():
        made.configured({"a": "x"}, name="bad")()

    k.execute_in_process()
with fails("missing config"):
    j.execute_in_process()
with fails("no name"):
    made.configured({"a": 1})
