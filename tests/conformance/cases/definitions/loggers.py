import dagster as dg
from observe import see

# Loggers of Definitions reach the jobs.

lines = []


@dg.logger
def keeper(context):
    import logging

    class Handler(logging.Handler):
        def emit(self, record):
            if record.dagster_meta["orig_message"].startswith("say"):
                lines.append([record.levelname, record.dagster_meta["orig_message"]])

    logger = logging.Logger("keeper", level=logging.DEBUG)
    logger.addHandler(Handler())
    return logger


@dg.op
def talk(context):
    context.log.info("say hello")
    context.log.warning("say %s", "careful")
    context.log.debug("say little")


@dg.job
def j():
    talk()


defs = dg.Definitions(jobs=[j], loggers={"keeper": keeper})
job = defs.resolve_job_def("j")
see("loggers", sorted(job.loggers))
job.execute_in_process(run_config={"loggers": {"keeper": {}}})
see("lines", lines)
