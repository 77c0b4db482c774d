import dagster as dg
from observe import fails, see

# Config of an asset job.


class Oven(dg.Config):
    n: int


@dg.asset
def a(config: Oven):
    return config.n


def run(config, **arguments):
    job = dg.define_asset_job("j", selection=[a], config=config)
    return (
        dg.Definitions(assets=[a], jobs=[job]).resolve_job_def("j").execute_in_process(**arguments).output_for_node("a")
    )


see("dict", run({"ops": {"a": {"config": {"n": 3}}}}))
see("object", run(dg.RunConfig(ops={"a": Oven(n=4)})))
see("override", run({"ops": {"a": {"config": {"n": 3}}}}, run_config={"ops": {"a": {"config": {"n": 7}}}}))
with fails("missing"):
    run(None)
with fails("wrong"):
    run({"ops": {"a": {"config": {"n": "x"}}}})
with fails("unknown op"):
    run({"ops": {"b": {}, "a": {"config": {"n": 1}}}})


@dg.config_mapping
def small(config: Oven):
    return {"ops": {"a": {"config": {"n": config.n + 1}}}}


with fails("mapping"):
    see("mapped", run(small, run_config={"n": 1}))
