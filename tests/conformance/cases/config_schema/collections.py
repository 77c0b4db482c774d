import dagster as dg
from observe import fails, see

# Arrays, lists, maps and sets in schemas.


def run(schema, config):
    @dg.op(config_schema=schema)
    def made(context):
        return context.op_config

    @dg.job
    def j():
        made()

    return j.execute_in_process(run_config={"ops": {"made": {"config": config}}}).output_for_node("made")


see("array", run(dg.Array(int), [1, 2]))
see("list literal", run([int], [1, 2]))
see("list type", run(list, [1, "x"]))
with fails("list of a type"):
    run(list[str], ["a"])
with fails("dagster list"):
    see("dagster list value", run(dg.List[int], [1]))
see("array of dicts", run([{"a": int}], [{"a": 1}, {"a": 2}]))
see("map", run(dg.Map(str, int), {"x": 1, "y": 2}))
see("map literal", run({str: int}, {"x": 1}))
see("map of int keys", run(dg.Map(int, str), {1: "a"}))
see("map label", run(dg.Map(str, int, key_label_name="name"), {"x": 1}))
see("map of dicts", run({str: {"a": int}}, {"x": {"a": 1}}))
see("nested arrays", run([[int]], [[1], [2, 3]]))
see("empty", run([int], []))
for label, schema, config in [
    ("wrong item", [int], ["x"]),
    ("not a list", [int], 1),
    ("wrong map value", {str: int}, {"x": "y"}),
    ("wrong map key", {str: int}, {1: 1}),
    ("list for map", {str: int}, [1]),
    ("none item", [int], [None]),
]:
    with fails(label):
        run(schema, config)
see("noneable item", run([dg.Noneable(int)], [None, 1]))
