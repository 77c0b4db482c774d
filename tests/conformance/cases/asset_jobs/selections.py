import dagster as dg
from observe import fails, see, steps

# define_asset_job with every form of a selection.


@dg.asset(group_name="g", tags={"k": "v"}, key_prefix="p")
def a() -> None: ...


@dg.asset(deps=[a])
def b() -> None: ...


@dg.asset(deps=[b])
def c() -> None: ...


@dg.multi_asset(specs=[dg.AssetSpec("m1"), dg.AssetSpec("m2")])
def several(): ...


ALL = [a, b, c, several]
for label, selection in {
    "default": None,
    "star": "*",
    "key": "b",
    "slash key": "p/a",
    "traversal": "b+",
    "stars": "*b",
    "expression": 'group:g or key:"c"',
    "tag": "tag:k=v",
    "list": ["b", "c"],
    "list with slash": ["p/a", "b"],
    "definitions": [a, c],
    "keys": [dg.AssetKey(["p", "a"])],
    "multi": [several],
    "selection": dg.AssetSelection.groups("g").downstream(),
    "all": dg.AssetSelection.all(),
    "list of expressions": ["group:g", "c"],
    "one definition": a,
    "mixed": [a, "b"],
}.items():
    with fails(label):
        job = dg.define_asset_job("j", selection=selection) if selection is not None else dg.define_asset_job("j")
        see(f"class of {label}", type(job).__name__)
        result = dg.Definitions(assets=ALL, jobs=[job]).resolve_job_def("j").execute_in_process()
        see(f"steps of {label}", sorted(steps(result)))
