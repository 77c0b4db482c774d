import dagster as dg
from observe import fails, see

# validate_run_config gives the whole config or the error.


@dg.op(config_schema={"n": dg.Field(int, default_value=3), "m": int})
def one():
    return 1


@dg.job
def j():
    one()


whole = dg.validate_run_config(j, {"ops": {"one": {"config": {"m": 1}}}})
see("ops", whole["ops"]["one"]["config"])
with fails("missing"):
    dg.validate_run_config(j)
with fails("wrong"):
    dg.validate_run_config(j, {"ops": {"one": {"config": {"m": "x"}}}})
