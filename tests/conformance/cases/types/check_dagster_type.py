import dagster as dg
from observe import fails, see

# check_dagster_type asks a type about a value.

Even = dg.DagsterType(name="Even", type_check_fn=lambda _, value: value % 2 == 0)
for label, (kind, value) in {
    "even": (Even, 2),
    "odd": (Even, 3),
    "int": (int, 1),
    "not int": (int, "a"),
    "list": (dg.List[dg.Int], [1]),
    "not list": (dg.List[dg.Int], ["a"]),
    "any": (dg.Any, 1),
    "dagster int": (dg.Int, 1),
}.items():
    see(label, dg.check_dagster_type(kind, value).success)
see("description of a failure", dg.check_dagster_type(int, "a").description is not None)
with fails("Nothing"):
    dg.check_dagster_type(dg.Nothing, 1)
