import dagster as dg
from observe import fails, see, steps

# materialize takes every form of a selection.


@dg.asset(group_name="g")
def a() -> None: ...


@dg.asset(deps=[a])
def b() -> None: ...


@dg.asset(deps=[b])
def c() -> None: ...


ALL = [a, b, c]
for label, selection in {
    "string": "b",
    "star string": "a*",
    "expression": "key:b+",
    "list": ["a", "c"],
    "selection": dg.AssetSelection.groups("g").downstream(1),
    "definition list": [c],
    "keys": [dg.AssetKey("b")],
    "nothing matches": dg.AssetSelection.groups("nope"),
    "expression without match": "key:nope",
}.items():
    with fails(label):
        result = dg.materialize(ALL, selection=selection)
        see(f"steps of {label}", sorted(steps(result)))
