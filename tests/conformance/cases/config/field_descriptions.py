import dagster as dg
from observe import see

from pydantic import Field

# Descriptions and constraints of fields show in the schema of the op.


class Oven(dg.Config):
    """An oven."""

    degrees: int = Field(default=200, description="how hot")
    name: str


@dg.op
def bake(config: Oven): ...


schema = bake.config_schema.as_field()
see("fields", sorted(schema.config_type.fields))
see("description", schema.config_type.fields["degrees"].description)
see("required", {n: f.is_required for n, f in schema.config_type.fields.items()})
see("default", schema.config_type.fields["degrees"].default_value)
