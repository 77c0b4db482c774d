import dagster as dg
from observe import see

import logging

# Levels of context.log; a logger made with @logger gets the messages.

records = []


class Keep(logging.Handler):
    def emit(self, record):
        records.append([record.levelname, record.getMessage().split(" - ")[-1]])


@dg.logger
def keeping(context: dg.InitLoggerContext):
    made = logging.Logger("keeping", level=logging.DEBUG)
    made.addHandler(Keep())
    return made


@dg.op
def talks(context):
    context.log.debug("d")
    context.log.info("i %s", "with argument")
    context.log.warning("w")
    context.log.error("e")
    context.log.critical("c")
    context.log.log("INFO", "by name")
    context.log.log(logging.WARNING, "by number")
    try:
        1 / 0
    except ZeroDivisionError:
        context.log.exception("x")


@dg.job(logger_defs={"keep": keeping})
def j():
    talks()


see("type", isinstance(keeping, dg.LoggerDefinition))
result = j.execute_in_process(run_config={"loggers": {"keep": {}}})
see("success", result.success)
see("messages", [r for r in records if r[1][:2] in ("d", "i ", "w", "e", "c", "by", "x")])
