import dagster as dg
from observe import ran, see

from pathlib import Path

# The filesystem manager: where it puts things and what it says.


@dg.asset
def a():
    return {"x": [1, 2]}


@dg.asset(key_prefix=["deep", "er"])
def b(a):
    return sorted(a)


result = dg.materialize([a, b], resources={"io_manager": dg.FilesystemIOManager(base_dir="kept")})
see("files", sorted(str(p) for p in Path("kept").rglob("*") if p.is_file()))
see("value", result.asset_value(["deep", "er", "b"]))
path = result.asset_materializations_for_node("a")[0].metadata["path"]
see("path", Path(path.value).parts[-2:])
see(
    "older form",
    dg.materialize([a], resources={"io_manager": dg.fs_io_manager.configured({"base_dir": "other"})}).success,
)
see("other files", sorted(str(p) for p in Path("other").rglob("*") if p.is_file()))


@dg.op
def one():
    return 1


@dg.op
def two(x):
    return x + 1


@dg.job(resource_defs={"io_manager": dg.FilesystemIOManager(base_dir="ops")})
def j():
    two(one())


see("op value", j.execute_in_process(run_id="11111111-1111-1111-1111-111111111111").output_for_node("two"))
see("op files", sorted(str(p) for p in Path("ops").rglob("*") if p.is_file()))


@dg.asset
def unpicklable():
    return lambda: 1


ran(
    "unpicklable",
    dg.materialize(
        [unpicklable], resources={"io_manager": dg.FilesystemIOManager(base_dir="kept")}, raise_on_error=False
    ),
)
ran(
    "missing",
    dg.materialize(
        [dg.AssetSpec("gone"), dg.asset(name="reader", ins={"gone": dg.AssetIn()})(lambda gone: 1)],
        resources={"io_manager": dg.FilesystemIOManager(base_dir="kept")},
        raise_on_error=False,
    ),
)
