import dagster as dg
from observe import see

from pathlib import Path

# How definitions keep their metadata.

values = {
    "n": 1,
    "s": "t",
    "p": Path("/a"),
    "u": dg.MetadataValue.url("http://x.org"),
    "none": None,
    "list": [1],
    "bool": True,
    "object": dg.TableSchema(columns=[]),
}


@dg.asset(metadata=values)
def a(): ...


see("asset", {k: type(v).__name__ for k, v in a.metadata_by_key[a.key].items()})
see("spec", {k: type(v).__name__ for k, v in dg.AssetSpec("x", metadata=values).metadata.items()})


@dg.op(out=dg.Out(metadata=values))
def op_with_out(): ...


see("out", {k: type(v).__name__ for k, v in op_with_out.outs["result"].metadata.items()})


@dg.job(metadata=values)
def j(): ...


see("job", {k: type(v).__name__ for k, v in j.metadata.items()})
defs = dg.Definitions(assets=[a], metadata=values)
see("definitions", {k: type(v).__name__ for k, v in defs.metadata.items()})
