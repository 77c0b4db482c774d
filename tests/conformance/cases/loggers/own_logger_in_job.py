import dagster as dg
import logging

from observe import fails, see

# A logger of one's own gets what ops say, with the level and more.

records = []


class Keep(logging.Handler):
    def emit(self, record):
        records.append(
            [
                record.levelname,
                getattr(record, "dagster_meta", {}).get("orig_message"),
                getattr(record, "dagster_meta", {}).get("step_key"),
            ]
        )


@dg.logger(config_schema={"level": dg.Field(str, default_value="INFO")}, description="keeps")
def keeping(init_context):
    made = logging.Logger("keep", level=init_context.logger_config["level"])
    made.addHandler(Keep())
    return made


@dg.op
def talk(context):
    context.log.debug("d")
    context.log.info("i %s", "arg")
    context.log.warning("w", extra={"k": 1})
    context.log.error("e")
    context.log.critical("c")
    context.log.log(logging.INFO, "by level")
    context.log.log("WARNING", "by name")
    return 1


@dg.job(logger_defs={"keeping": keeping})
def j():
    talk()


def said():
    return [
        r for r in records if r[2] == "talk" and r[1] in ("d", "i arg", "i %s", "w", "e", "c", "by level", "by name")
    ]


j.execute_in_process({"loggers": {"keeping": {}}})
see("info", said())
records.clear()
j.execute_in_process({"loggers": {"keeping": {"config": {"level": "ERROR"}}}})
see("error", said())
records.clear()
with fails("wrong config"):
    j.execute_in_process({"loggers": {"keeping": {"config": {"level": 3}}}})
with fails("unknown logger"):
    j.execute_in_process({"loggers": {"other": {}}})
j.execute_in_process()
see("by default", said())
see("called", [type(keeping(dg.build_init_logger_context(logger_config={"level": "DEBUG"}))).__name__])
see("definition", [keeping.description, type(keeping).__name__])
