import dagster as dg
from observe import fails, see

import logging

# A logger with a config schema.

DIFFERS = {
    "levels": "a logger is made once for a run, not twice",
}

levels = []


@dg.logger(config_schema={"level": dg.Field(str, default_value="WARNING"), "name": str}, description="mine")
def mine(context):
    levels.append([context.logger_config["level"], context.logger_config["name"]])
    return logging.Logger(context.logger_config["name"], level=context.logger_config["level"])


@dg.op
def one(context):
    context.log.info("hi")


@dg.job(logger_defs={"mine": mine})
def j():
    one()


see("description", mine.description)
j.execute_in_process(run_config={"loggers": {"mine": {"config": {"name": "n"}}}})
see("levels", levels)
with fails("unknown logger"):
    j.execute_in_process(run_config={"loggers": {"nope": {}}})
with fails("missing field"):
    j.execute_in_process(run_config={"loggers": {"mine": {"config": {}}}})
