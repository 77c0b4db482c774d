import dagster as dg
from observe import fails, see

# A config parameter annotated with a plain type.


@dg.asset
def number(config: int):
    return config


@dg.asset
def mapping(config: dict):
    return config


@dg.asset
def text_list(config: list[str]):
    return config


see("int", dg.materialize([number], run_config={"ops": {"number": {"config": 4}}}).output_for_node("number"))
see(
    "dict",
    dg.materialize([mapping], run_config={"ops": {"mapping": {"config": {"a": [1]}}}}).output_for_node("mapping"),
)
see(
    "list",
    dg.materialize([text_list], run_config={"ops": {"text_list": {"config": ["a"]}}}).output_for_node("text_list"),
)
with fails("missing"):
    dg.materialize([number])
with fails("wrong"):
    dg.materialize([number], run_config={"ops": {"number": {"config": "x"}}})
with fails("unannotated"):

    @dg.asset
    def bare(config): ...

    see("bare inputs", bare.keys_by_input_name)
