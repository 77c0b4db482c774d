import dagster as dg
from observe import fails, see

# The loggers that are there.

see("colored", isinstance(dg.colored_console_logger, dg.LoggerDefinition))
see("json", isinstance(dg.json_console_logger, dg.LoggerDefinition))
see("default", sorted(dg.default_loggers()))
see("system", len(list(dg.default_system_loggers(None))))


@dg.op
def one(context):
    context.log.info("hi")


@dg.job(logger_defs={"c": dg.colored_console_logger, "js": dg.json_console_logger})
def j():
    one()


see(
    "run",
    j.execute_in_process(
        run_config={"loggers": {"c": {"config": {"log_level": "ERROR", "name": "n"}}, "js": {}}}
    ).success,
)
with fails("wrong level"):
    j.execute_in_process(run_config={"loggers": {"c": {"config": {"log_level": 5}}}})
