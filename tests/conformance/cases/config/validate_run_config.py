import dagster as dg
from observe import fails, see

# Run config checked without a run.


class Oven(dg.Config):
    degrees: int
    name: str = "big"


@dg.op
def bake(config: Oven): ...


@dg.job
def kitchen():
    bake()


see("filled", dg.validate_run_config(kitchen, {"ops": {"bake": {"config": {"degrees": 1}}}})["ops"])
see("object", dg.validate_run_config(kitchen, dg.RunConfig({"bake": Oven(degrees=2)}))["ops"])
with fails("missing"):
    dg.validate_run_config(kitchen, {})
with fails("nothing"):
    dg.validate_run_config(kitchen)
with fails("unknown"):
    dg.validate_run_config(kitchen, {"ops": {"bake": {"config": {"degrees": 1, "z": 1}}}})


@dg.op
def plain(): ...


@dg.job
def simple():
    plain()


see("without config", dg.validate_run_config(simple, {})["ops"])
