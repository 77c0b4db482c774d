import dagster as dg
from observe import ran, see

# A name in deps and as a parameter is one dependency whose value is loaded.


@dg.asset
def raw():
    return 4


@dg.asset(deps=[raw])
def refined(raw):
    return raw * 10


see("inputs", refined.keys_by_input_name)
result = dg.materialize([raw, refined])
ran("run", result)
see("value", result.output_for_node("refined"))
