import dagster as dg
from observe import fails, see

import logging

# loggers of Definitions reach its jobs.

DIFFERS = {
    "used": "a logger is made once for a run, not twice",
}

used = []


@dg.logger
def mine(context):
    used.append(context.job_name if hasattr(context, "job_name") else context.job_def.name)
    return logging.Logger("x")


@dg.asset
def a(context):
    context.log.info("hi")


@dg.op
def one():
    return 1


@dg.job
def j():
    one()


defs = dg.Definitions(assets=[a], jobs=[j], loggers={"mine": mine})
defs.resolve_job_def("j").execute_in_process(run_config={"loggers": {"mine": {}}})
defs.resolve_implicit_global_asset_job_def().execute_in_process(run_config={"loggers": {"mine": {}}})
see("used", used)
with fails("no logger"):
    dg.Definitions(loggers={"x": 5})
