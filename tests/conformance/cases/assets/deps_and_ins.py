import dagster as dg
from observe import see

# An upstream in deps and in ins under another name is one dependency.


@dg.asset
def raw():
    return 4


@dg.asset(deps=["raw"], ins={"r": dg.AssetIn("raw")})
def refined(r):
    return r * 10


see("inputs", refined.keys_by_input_name)
see("value", dg.materialize([raw, refined]).output_for_node("refined"))
