import dagster as dg
from observe import see

import logging

# A logger with fixed config.

DIFFERS = {
    "names": "a logger is made once for a run, not twice",
}

names = []


@dg.logger(config_schema={"name": str})
def mine(context):
    names.append(context.logger_config["name"])
    return logging.Logger("x")


fixed = mine.configured({"name": "fixed"}, description="d")


@dg.op
def one():
    return 1


@dg.job(logger_defs={"l": fixed})
def j():
    one()


j.execute_in_process()
j.execute_in_process(run_config={"loggers": {"l": {}}})
see("names", names)
