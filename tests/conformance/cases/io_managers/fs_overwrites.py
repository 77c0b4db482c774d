import dagster as dg
from observe import see

# A second run overwrites, a part of a later run reads.

values = iter([1, 2])


@dg.asset
def a():
    return next(values)


@dg.asset
def b(a):
    return a * 10


resources = {"io_manager": dg.FilesystemIOManager(base_dir="kept")}
dg.materialize([a], resources=resources)
see("first", dg.materialize([a, b], resources=resources, selection=["b"]).output_for_node("b"))
dg.materialize([a], resources=resources)
see("second", dg.materialize([a, b], resources=resources, selection=["b"]).output_for_node("b"))
