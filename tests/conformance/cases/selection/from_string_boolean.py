import dagster as dg
from observe import fails, see

# and, or, not, parentheses, roots, sinks.


def node(name, *deps, **more):
    return dg.asset(key=name, deps=deps, **more)(lambda: None)


ALL = [node("a", group_name="g"), node("b", "a", group_name="g"), node("c", "b"), node("d")]

for text in [
    "key:a or key:b",
    "key:a OR key:b",
    "group:g and key:a",
    "group:g AND not key:a",
    "not group:g",
    "NOT group:g",
    "key:d or group:g and key:a",
    "(key:d or group:g) and key:a",
    "not key:a or key:b",
    "not key:a+",
    "not (key:a or key:d)",
    "* and not key:a",
    "roots(*)",
    "sinks(*)",
    "sinks(group:g)",
    "roots(key:b+)",
    "sinks (group:g)",
    "sinks(key:a)+",
    "+roots(key:c)",
    "key:a and key:b",
    "((key:a))",
]:
    with fails(text):
        see(f"keys of {text}", dg.AssetSelection.from_string(text).resolve(ALL))
