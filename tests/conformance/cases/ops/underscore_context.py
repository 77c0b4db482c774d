import dagster as dg
from observe import fails, see

# The first parameter is the context under several names.

for source in ["context", "_context", "_", "__", "context_"]:
    with fails(f"op with first parameter {source}"):
        space = {}
        exec(f"def f({source}, x): return x", space)
        made = dg.op(space["f"])
        see(f"ins of {source}", list(made.ins))
