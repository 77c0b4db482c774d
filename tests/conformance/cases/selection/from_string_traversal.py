import dagster as dg
from observe import fails, see

# Plus signs, stars and depths.


def node(name, *deps):
    return dg.asset(key=name, deps=deps)(lambda: None)


ALL = [node("a"), node("b", "a"), node("c", "b"), node("d", "c"), node("e", "a")]

for text in [
    "a+",
    "+d",
    "+b+",
    "a++",
    "++d",
    "a*",
    "*d",
    "*b*",
    "key:a+",
    "+key:d",
    "+key:b+",
    "key:a+1",
    "1+key:d",
    "2+key:d",
    "1+key:b+1",
    "key:a+2",
    "key:a + 1",
    "key:a+0",
    "(key:a)+",
    "+(key:c or key:e)",
    "1+(key:c or key:e)",
    "(key:a)+1",
]:
    with fails(text):
        see(f"keys of {text}", dg.AssetSelection.from_string(text).resolve(ALL))
