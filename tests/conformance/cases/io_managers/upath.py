import dagster as dg
from observe import ran, see

from pathlib import Path

# A UPathIOManager of one's own.


class TextIOManager(dg.UPathIOManager):
    extension = ".txt"

    def dump_to_path(self, context, obj, path):
        path.write_text(str(obj))

    def load_from_path(self, context, path):
        return path.read_text()

    def get_metadata(self, context, obj):
        return {"length": len(str(obj))}


@dg.io_manager
def text(context):
    return TextIOManager(base_path=__import__("upath").UPath("kept"))


@dg.asset(key_prefix="p")
def a():
    return "hello"


@dg.asset(ins={"a": dg.AssetIn(key_prefix="p")})
def b(a):
    return a.upper()


@dg.asset
def void() -> None: ...


result = dg.materialize([a, b, void], resources={"io_manager": text})
ran("run", result)
see("value", result.output_for_node("b"))
see("files", sorted(str(p) for p in Path("kept").rglob("*") if p.is_file()))


@dg.asset
def none():
    return None


ran("none", dg.materialize([none], resources={"io_manager": text}))
see("files after", sorted(str(p) for p in Path("kept").rglob("*") if p.is_file()))
