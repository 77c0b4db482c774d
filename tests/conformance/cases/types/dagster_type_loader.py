import dagster as dg
from observe import fails, ran, see

# A loader reads an unconnected input of a custom type from config.


@dg.dagster_type_loader({"start": int, "stop": int})
def load_range(context, config):
    return list(range(config["start"], config["stop"]))


Numbers = dg.DagsterType(name="Numbers", type_check_fn=lambda _, v: isinstance(v, list), loader=load_range)


@dg.op(ins={"xs": dg.In(Numbers)})
def total(xs):
    return sum(xs)


@dg.job
def j():
    total()


see("loader", isinstance(load_range, dg.DagsterTypeLoader))
result = j.execute_in_process(run_config={"ops": {"total": {"inputs": {"xs": {"start": 1, "stop": 4}}}}})
see("value", result.output_for_node("total"))
ran("run", result)
with fails("wrong"):
    j.execute_in_process(run_config={"ops": {"total": {"inputs": {"xs": {"start": "a"}}}}})
