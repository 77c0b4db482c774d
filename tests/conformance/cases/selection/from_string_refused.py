import dagster as dg
from observe import fails

# Text that is no selection.

for text in [
    "",
    "a and b",
    "not a",
    "(a)",
    "a,b",
    "a b",
    '"a"',
    "'a'",
    "key:'a'",
    "key:a and",
    "and",
    "key:a or or key:b",
    "nope:a",
    "key:",
    "sinks()",
    "SINKS(*)",
    "key:a & key:b",
    "tag:a!=b",
    "(key:a",
    "key:a)",
    "**a",
    "a*+",
]:
    with fails(text):
        dg.AssetSelection.from_string(text)
