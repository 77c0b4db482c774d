import dagster as dg
from observe import fails, see

# The sections of run config.


@dg.op
def a(): ...


@dg.job
def j():
    a()


for label, config in {
    "loggers": {"loggers": {"console": {"config": {"log_level": "ERROR"}}}},
    "execution": {"execution": {"config": {"in_process": {}}}},
    "multiprocess": {"execution": {"config": {"multiprocess": {"max_concurrent": 1}}}},
    "unknown executor": {"execution": {"config": {"nope": {}}}},
    "resources empty": {"resources": {}},
    "unknown resource": {"resources": {"nope": {"config": 1}}},
    "io manager": {"resources": {"io_manager": {"config": {}}}},
    "unknown logger": {"loggers": {"nope": {}}},
    "empty ops": {"ops": {}},
    "op without config": {"ops": {"a": {}}},
    "op with config": {"ops": {"a": {"config": 3}}},
    "none": None,
    "list": [],
    "string": "x",
}.items():
    with fails(label):
        see(f"success of {label}", dg.validate_run_config(j, config) is not None)
