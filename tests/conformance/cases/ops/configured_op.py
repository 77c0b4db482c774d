import dagster as dg
from observe import fails, see

# configured fixes the config of an op.


@dg.op(config_schema={"n": int, "m": int})
def add(context):
    return context.op_config["n"] + context.op_config["m"]


fixed = add.configured({"n": 1, "m": 2}, name="fixed")


@dg.configured(add, config_schema={"both": int})
def same(config):
    return {"n": config["both"], "m": config["both"]}


@dg.job
def j():
    fixed()
    same()


result = j.execute_in_process(run_config={"ops": {"same": {"config": {"both": 5}}}})
see("fixed", result.output_for_node("fixed"))
see("same", result.output_for_node("same"))
with fails("no name"):
    unnamed = add.configured({"n": 1, "m": 2})
    see("name", unnamed.name)
with fails("wrong config"):
    add.configured({"n": "x"}, name="wrong")

    @dg.job
    def k():
        add.configured({"n": "x"}, name="wrong")()

    k.execute_in_process()
