import dagster as dg
from observe import fails

# config_schema beside a config parameter.


class Oven(dg.Config):
    a: int = 1


with fails("both"):

    @dg.asset(config_schema={"a": int})
    def made(config: Oven): ...


with fails("both for an op"):

    @dg.op(config_schema={"a": int})
    def op_made(config: Oven): ...
