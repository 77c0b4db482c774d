import dagster as dg
from observe import fails, see

from pathlib import Path

# Constructors of metadata values check their argument.

for label, make in {
    "text of int": lambda: dg.MetadataValue.text(3),
    "int of text": lambda: dg.MetadataValue.int("3"),
    "int of float": lambda: dg.MetadataValue.int(3.5),
    "float of int": lambda: dg.MetadataValue.float(3),
    "float of text": lambda: dg.MetadataValue.float("3"),
    "bool of int": lambda: dg.MetadataValue.bool(1),
    "url of int": lambda: dg.MetadataValue.url(1),
    "path of Path": lambda: dg.MetadataValue.path(Path("/a")).value,
    "json of text": lambda: dg.MetadataValue.json("a"),
    "json of object": lambda: dg.MetadataValue.json({"a": object()}),
    "json of set": lambda: dg.MetadataValue.json({1}),
    "md of int": lambda: dg.MetadataValue.md(1),
    "asset of string": lambda: dg.MetadataValue.asset("a"),
    "timestamp of text": lambda: dg.MetadataValue.timestamp("now"),
    "int of none": lambda: dg.MetadataValue.int(None),
    "text of none": lambda: dg.MetadataValue.text(None),
    "python artifact of int": lambda: dg.MetadataValue.python_artifact(3),
}.items():
    with fails(label):
        see(f"value of {label}", make())
