import dagster as dg
from observe import ran, see

# Inputs given as In with type, description and default value.


@dg.op(ins={"x": dg.In(int, description="a number", default_value=4, metadata={"m": 1})})
def plus_one(x):
    return x + 1


@dg.job
def j():
    plus_one()


see("description", plus_one.ins["x"].description)
see("default", plus_one.ins["x"].default_value)
see("metadata", plus_one.ins["x"].metadata)
see("type", plus_one.ins["x"].dagster_type.display_name)
result = j.execute_in_process()
see("value", result.output_for_node("plus_one"))
ran("run", result)
