import dagster as dg
from observe import ran, see

from pathlib import Path

# custom_path_fs_io_manager needs a path on every output.


@dg.op(out=dg.Out(metadata={"path": "one.pickle"}))
def one():
    return 1


@dg.op
def two(x):
    return x + 1


@dg.job(resource_defs={"io_manager": dg.custom_path_fs_io_manager.configured({"base_dir": "kept"})})
def j():
    one()


ran("run", j.execute_in_process())
see("files", sorted(str(p) for p in Path("kept").rglob("*")))


@dg.job(resource_defs={"io_manager": dg.custom_path_fs_io_manager.configured({"base_dir": "kept"})})
def k():
    two(one())


ran("without path", k.execute_in_process(raise_on_error=False))
