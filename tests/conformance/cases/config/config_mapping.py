import dagster as dg
from observe import fails, see

# A config mapping makes run config from something smaller.

DIFFERS = {
    "returns RunConfig": "a RunConfig is run config here too",
    "run config": "a RunConfig is run config here too",
}


class Simple(dg.Config):
    level: int


@dg.op(config_schema={"n": int})
def bake(context):
    return context.op_config["n"]


@dg.config_mapping
def from_class(config: Simple):
    return {"ops": {"bake": {"config": {"n": config.level * 10}}}}


@dg.config_mapping(config_schema={"level": int})
def from_schema(config):
    return {"ops": {"bake": {"config": {"n": config["level"] * 2}}}}


@dg.config_mapping(config_schema={"level": int})
def to_run_config(config):
    return dg.RunConfig(ops={"bake": {"config": {"n": config["level"]}}})


@dg.graph
def kitchen():
    bake()


see("class", kitchen.to_job(config=from_class).execute_in_process(run_config={"level": 3}).output_for_node("bake"))
see("schema", kitchen.to_job(config=from_schema).execute_in_process(run_config={"level": 3}).output_for_node("bake"))
with fails("returns RunConfig"):
    see(
        "run config",
        kitchen.to_job(config=to_run_config).execute_in_process(run_config={"level": 3}).output_for_node("bake"),
    )
with fails("wrong input"):
    kitchen.to_job(config=from_schema).execute_in_process(run_config={"level": "x"})
with fails("missing input"):
    kitchen.to_job(config=from_schema).execute_in_process()
explicit = dg.ConfigMapping(config_fn=lambda c: {"ops": {"bake": {"config": {"n": c["x"]}}}}, config_schema={"x": int})
see("object", kitchen.to_job(config=explicit).execute_in_process(run_config={"x": 8}).output_for_node("bake"))


@dg.config_mapping(config_schema={"level": int})
def broken(config):
    raise ValueError("no")


with fails("raises"):
    kitchen.to_job(config=broken).execute_in_process(run_config={"level": 1})


@dg.config_mapping(config_schema={"level": int})
def bad_output(config):
    return {"ops": {"bake": {"config": {"n": "x"}}}}


with fails("bad output"):
    kitchen.to_job(config=bad_output).execute_in_process(run_config={"level": 1})
