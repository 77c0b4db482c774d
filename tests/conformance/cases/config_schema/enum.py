import dagster as dg
from observe import fails, see

from enum import Enum

# Enums of names, with values behind them.

DIFFERS = {
    "direct values": "Dagster gives the value of another enumeration of the same name",
}


class Heat(Enum):
    LOW = 1
    HIGH = 2


def run(schema, *config):
    @dg.op(config_schema=schema)
    def made(context):
        return context.op_config

    @dg.job
    def j():
        made()

    ops = {"ops": {"made": {"config": config[0]}}} if config else {}
    return j.execute_in_process(run_config=ops).output_for_node("made")


names = dg.Enum("Names", [dg.EnumValue("a"), dg.EnumValue("b", python_value=22, description="d")])
see("plain value", run(names, "a"))
see("python value", run(names, "b"))
see("from python", run(dg.Enum.from_python_enum(Heat), "LOW"))
see("from python is a member", run(dg.Enum.from_python_enum(Heat), "HIGH") is Heat.HIGH)
see(
    "direct values",
    run(dg.Enum.from_python_enum_direct_values(Heat), "HIGH") is Heat.HIGH
    if hasattr(dg.Enum, "from_python_enum_direct_values")
    else None,
)
with fails("unknown"):
    run(names, "c")
with fails("python value given"):
    run(names, 22)
with fails("number"):
    run(names, 1)
with fails("member given"):
    run(dg.Enum.from_python_enum(Heat), Heat.LOW)
see("default", run(dg.Field(names, default_value="b")))
see("from python default", run(dg.Field(dg.Enum.from_python_enum(Heat), default_value="LOW")))
see("enum value", [dg.EnumValue("a").config_value, dg.EnumValue("a").python_value, dg.EnumValue("a", 3).python_value])
with fails("values of strings"):
    dg.Enum("Bad", ["a"])
with fails("schema is the python class"):
    run(Heat, "LOW")
