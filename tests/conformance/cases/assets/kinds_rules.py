import dagster as dg
from observe import fails, see

# Kinds become tags, and are at most so many.

DIFFERS = {
    "string": "a string is no set of kinds: Dagster takes its letters",
    "kinds of string": "a string is no set of kinds: Dagster takes its letters",
    "number": "a kind is a name",
    "kinds of number": "a kind is a name",
}

made = dg.asset(name="a", kinds={"python", "duckdb"}, tags={"x": "y"})(lambda: 1)
see("tags", list(made.specs)[0].tags)
see("kinds", list(made.specs)[0].kinds)
see("list of kinds", list(dg.asset(name="b", kinds=["sql"])(lambda: 1).specs)[0].kinds)
for label, kinds in {
    "three": {"a", "b", "c"},
    "four": {"a", "b", "c", "d"},
    "eleven": {f"k{n}" for n in range(11)},
    "space": {"x y"},
    "string": "sql",
    "number": {1},
    "capitals": {"SQL"},
    "dash": {"my-kind"},
}.items():
    with fails(label):
        see(f"kinds of {label}", list(dg.asset(name="n", kinds=kinds)(lambda: 1).specs)[0].kinds)
with fails("compute kind"):
    made = dg.asset(name="c", compute_kind="spark")(lambda: 1)
    see("compute kind tags", list(made.specs)[0].tags)
    see("compute kind op tags", dict(made.op.tags))
with fails("kinds and compute kind"):
    dg.asset(name="d", compute_kind="spark", kinds={"sql"})(lambda: 1)
