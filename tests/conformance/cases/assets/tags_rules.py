import dagster as dg
from observe import fails, see

# Which tags an asset may have.

see("tags", list(dg.asset(name="a", tags={"k": "v", "x/y": "z", "empty": ""})(lambda: 1).specs)[0].tags)
for label, tags in {
    "long value": {"k": "v" * 64},
    "longest value": {"k": "v" * 63},
    "space": {"k": "a b"},
    "hangul": {"k": "값"},
    "key space": {"a b": "c"},
    "key hangul": {"키": "c"},
    "number": {"k": 1},
    "none": {"k": None},
    "dagster": {"dagster/mine": "c"},
    "two slashes": {"a/b/c": "d"},
    "long key": {"k" * 64: "v"},
    "dots": {"a.b-c_d": "e.f-g_h"},
    "dict value": {"k": {"a": 1}},
    "empty key": {"": "v"},
    "starts with dash": {"-k": "-v"},
}.items():
    with fails(label):
        dg.asset(name="a", tags=tags)(lambda: 1)
