import dagster as dg
from observe import fails, ran, see

# Config mappings of jobs and graphs: by decorator, by object, by function.


class Simple(dg.Config):
    n: int
    name: str = "x"


@dg.op(config_schema={"n": int, "name": str})
def work(context):
    return [context.op_config["n"], context.op_config["name"]]


@dg.config_mapping
def typed(config: Simple):
    return {"ops": {"work": {"config": {"n": config.n * 2, "name": config.name}}}}


@dg.config_mapping(config_schema={"n": dg.Field(int, default_value=7)}, receive_processed_config_values=True)
def untyped(value):
    return {"ops": {"work": {"config": {"n": value["n"], "name": "y"}}}}


def as_function(value):
    return {"ops": {"work": {"config": {"n": 1, "name": value}}}}


@dg.job(config=typed)
def by_class():
    work()


@dg.job(config=untyped)
def by_schema():
    work()


@dg.job(config=dg.ConfigMapping(config_fn=as_function, config_schema=str))
def by_scalar():
    work()


@dg.job(
    config=dg.ConfigMapping(
        config_fn=lambda value: {"ops": {"work": {"config": {"n": "wrong", "name": "z"}}}}, config_schema={}
    )
)
def wrong():
    work()


@dg.job(config=dg.ConfigMapping(config_fn=lambda value: {}, config_schema={}))
def too_little():
    work()


see("class", by_class.execute_in_process({"n": 4}).output_for_node("work"))
with fails("class by RunConfig"):
    by_class.execute_in_process(dg.RunConfig(ops={"work": {"config": {"n": 1}}}))
with fails("class without"):
    by_class.execute_in_process()
with fails("class wrong"):
    by_class.execute_in_process({"n": "x"})
see("schema", by_schema.execute_in_process().output_for_node("work"))
see("schema given", by_schema.execute_in_process({"n": 1}).output_for_node("work"))
with fails("scalar"):
    by_scalar.execute_in_process("told")
with fails("wrong"):
    wrong.execute_in_process()
with fails("too little"):
    too_little.execute_in_process()


@dg.config_mapping(config_schema={"n": dg.Field(int, default_value=7)})
def of_graph(value):
    return {"work": {"config": {"n": value["n"], "name": "y"}}}


@dg.graph(config=of_graph)
def inner():
    return work()


@dg.op
def after(x):
    return x


@dg.job
def outer():
    after(inner())
    after(inner.alias("second")())


result = outer.execute_in_process({"ops": {"second": {"config": {"n": 70}}}})
see("graph", [result.output_for_node("inner.work"), result.output_for_node("second.work")])
with fails("graph's inside"):
    outer.execute_in_process({"ops": {"second": {"ops": {"work": {"config": {"n": 1, "name": "a"}}}}}})
