import dagster as dg
from observe import fails, see

import logging

# Calling a logger directly.


@dg.logger(config_schema=str)
def mine(context):
    return logging.Logger(context.logger_config)


@dg.op
def one():
    return 1


@dg.job
def j():
    one()


made = mine(dg.build_init_logger_context(logger_config="named"))
see("name", made.name)
see("job", dg.build_init_logger_context(logger_config="x", job_def=j).job_def.name)
see("initialized", isinstance(mine.logger_fn, type(lambda: 1)))
with fails("without context"):
    mine()
with fails("wrong config"):
    mine(dg.build_init_logger_context(logger_config=5))
