import dagster as dg
from observe import fails, see

# One op that takes all the older kinds of config.


@dg.op(
    config_schema={
        "shape": dg.Shape({"a": dg.Field(int, default_value=4, is_required=False)}),
        "map": dg.Map(str, int, key_label_name="name"),
        "array": dg.Array(dg.Noneable(int)),
        "permissive": dg.Permissive({"k": dg.Field(str, default_value="v")}),
        "selector": dg.Selector({"x": dg.Field(int), "y": dg.Field({"z": str})}),
        "maybe": dg.Field(dg.Noneable(str), default_value=None, is_required=False),
        "enum": dg.Field(
            dg.Enum("Speed", [dg.EnumValue("FAST", python_value=10), dg.EnumValue("SLOW")]), default_value="SLOW"
        ),
        "union": dg.ScalarUnion(scalar_type=int, non_scalar_schema={"n": int}),
        "float": float,
        "any": dg.Field(dg.Any, is_required=False),
        "list": [str],
        "source": dg.Field(dg.IntSource, default_value=3),
    }
)
def everything(context):
    return context.op_config


@dg.job
def j():
    everything()


base = {
    "shape": {},
    "map": {"a": 1},
    "array": [1, None],
    "permissive": {"other": [1]},
    "selector": {"y": {"z": "q"}},
    "union": 5,
    "float": 2,
    "list": ["a"],
}


def run(label, **changes):
    config = {k: v for k, v in {**base, **changes}.items() if v != "drop"}
    with fails(f"{label} raises"):
        see(label, j.execute_in_process({"ops": {"everything": {"config": config}}}).output_for_node("everything"))


run("base")
run("enum", enum="FAST")
run("enum wrong", enum="MIDDLE")
run("union dict", union={"n": 3})
run("union wrong", union="x")
run("selector two", selector={"x": 1, "y": {"z": "a"}})
run("selector none", selector={})
run("selector missing", selector="drop")
run("map wrong", map={"a": "b"})
run("map keys", map={1: 2})
run("array wrong", array=["a"])
run("maybe", maybe="m")
run("maybe wrong", maybe=3)
run("any", any={"deep": [1, "2", None]})
run("permissive wrong", permissive={"k": 1})
run("shape missing", shape="drop")
run("map missing", map="drop")
run("list missing", list="drop")
run("permissive missing", permissive="drop")
run("source from env", source={"env": "NOT_THERE_AT_ALL"})
