import dagster as dg
from observe import ran

# Reading what is not there with a UPathIOManager.


class TextIOManager(dg.UPathIOManager):
    extension = ".txt"

    def dump_to_path(self, context, obj, path):
        path.write_text(str(obj))

    def load_from_path(self, context, path):
        return path.read_text()


@dg.io_manager
def text(context):
    return TextIOManager(base_path=__import__("upath").UPath("kept"))


@dg.asset
def a():
    return "x"


@dg.asset
def b(a):
    return a


@dg.asset(ins={"a": dg.AssetIn(metadata={"allow_missing_partitions": True})})
def c(a):
    return a


ran("missing", dg.materialize([a, b], selection=["b"], resources={"io_manager": text}, raise_on_error=False))
