import dagster as dg
from observe import fails, ran, see

from pydantic import Field, field_validator

# Constraints and validators of pydantic are checked when the run is made.


class Oven(dg.Config):
    degrees: int = Field(gt=0, le=300)
    name: str = Field(default="a", min_length=1)

    @field_validator("name")
    @classmethod
    def lower(cls, value):
        if value != value.lower():
            raise ValueError("not lower case")
        return value


@dg.asset
def bake(config: Oven):
    return config.degrees


def run(config):
    return dg.materialize([bake], run_config={"ops": {"bake": {"config": config}}}, raise_on_error=False)


see("fine", run({"degrees": 5}).output_for_node("bake"))
for label, config in {
    "too high": {"degrees": 500},
    "empty name": {"degrees": 1, "name": ""},
    "validator": {"degrees": 1, "name": "A"},
}.items():
    with fails(label):
        ran(f"run {label}", run(config))
