import dagster as dg
from observe import fails, see

# Field as an object, and what it refuses.

DIFFERS = {
    "number key": "Dagster fails while it makes the message",
}

field = dg.Field(int, default_value=3, description="d")
see("all", [field.description, field.is_required, field.default_provided, field.default_value])
see("required", dg.Field(int).is_required)
see("not required", dg.Field(int, is_required=False).is_required)
see("noneable", dg.Field(dg.Noneable(int)).is_required)
with fails("required with default"):
    dg.Field(int, is_required=True, default_value=3)
with fails("wrong default"):
    dg.Field(int, default_value="x")
with fails("wrong default in a dict"):
    dg.Field({"a": int}, default_value={"a": "x"})
with fails("no type"):
    dg.Field(3)
with fails("unknown class"):

    class Thing: ...

    dg.Field(Thing)
with fails("strange schema for an op"):

    @dg.op(config_schema={"a": 3})
    def a(): ...


with fails("number key"):

    @dg.op(config_schema={1: int})
    def b(): ...
