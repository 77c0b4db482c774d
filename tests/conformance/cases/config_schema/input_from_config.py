import dagster as dg
from observe import fails, see

# Inputs of builtin types may come from config.


@dg.op
def add(a: int, b: float, name: str):
    return [a, b, name]


@dg.job
def j():
    add()


see(
    "values",
    j.execute_in_process(run_config={"ops": {"add": {"inputs": {"a": 1, "b": 2.5, "name": "x"}}}}).output_for_node(
        "add"
    ),
)
see(
    "value form",
    j.execute_in_process(
        run_config={"ops": {"add": {"inputs": {"a": {"value": 1}, "b": {"value": 2.5}, "name": {"value": "x"}}}}}
    ).output_for_node("add"),
)
with fails("missing"):
    j.execute_in_process(run_config={"ops": {"add": {"inputs": {"a": 1, "b": 2.5}}}})
with fails("wrong"):
    j.execute_in_process(run_config={"ops": {"add": {"inputs": {"a": "x", "b": 2.5, "name": "x"}}}})
