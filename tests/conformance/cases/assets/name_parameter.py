import dagster as dg
from observe import ran, see

# The name of an asset replaces the function's, also as the name of its step.


@dg.asset(name="flour_bag")
def make():
    return 1


@dg.asset
def loaf(flour_bag):
    return flour_bag + 1


see("key", make.key)
see("op", make.op.name)
result = dg.materialize([make, loaf])
ran("run", result)
see("value", result.output_for_node("loaf"))
see("by old name", result.output_for_node("flour_bag"))
