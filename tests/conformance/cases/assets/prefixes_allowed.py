import dagster as dg
from observe import fails, see

# Which prefixes an asset may have.

for prefix in ["p", ["p", "q"], [], "a-b", "a/b", ["a/b"], "a b", "한글", ""]:
    with fails(f"prefix {prefix!r}"):
        made = dg.asset(name="n", key_prefix=prefix)(lambda: 1)
        see(f"key and op of {prefix!r}", [made.key.path, made.op.name])
