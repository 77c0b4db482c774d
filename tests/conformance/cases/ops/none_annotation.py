import dagster as dg
from observe import fails, ran, see

# The output of an op annotated None.

DIFFERS = {
    "run": "orch says why there is no value; Dagster fails with a KeyError of its memory",
}


@dg.op
def quiet() -> None:
    pass


@dg.op(ins={"start": dg.In(dg.Nothing)})
def after():
    return 1


@dg.op
def use(x):
    return [x]


@dg.job
def j():
    after(quiet())
    use(quiet.alias("again")())


result = j.execute_in_process(raise_on_error=False)
ran("run", result)
see("type", quiet.outs["result"].dagster_type.display_name)
see("value", result.output_for_node("quiet"))
with fails("used"):
    result.output_for_node("use")
