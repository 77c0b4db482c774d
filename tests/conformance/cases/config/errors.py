import dagster as dg
from observe import see

# All errors are found at once, and say where.


class Oven(dg.Config):
    degrees: int
    name: str


@dg.op
def bake(config: Oven): ...


@dg.job
def kitchen():
    bake()


def errors(config):
    try:
        kitchen.execute_in_process(run_config=config)
    except dg.DagsterInvalidConfigError as error:
        return sorted(e.reason.value for e in error.errors)


see("missing both", errors({}))
see(
    "wrong type and unknown",
    errors({"ops": {"bake": {"config": {"degrees": "x", "name": "y", "colour": 1, "size": 2}}}}),
)
see("missing one and wrong one", errors({"ops": {"bake": {"config": {"degrees": "x"}}}}))
see("unknown op", errors({"ops": {"bake": {"config": {"degrees": 1, "name": "y"}}, "brew": {}}}))
see("missing fields", errors({"ops": {"bake": {"config": {}}}}))
see("not a dict", errors({"ops": 3}))
