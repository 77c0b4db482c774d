import dagster as dg
from observe import fails, ran

# Annotations of the return value and of inputs are checked.


@dg.asset
def text() -> str:
    return "x"


@dg.asset
def wrong() -> int:
    return "x"


@dg.asset
def wants_int(text: int): ...


@dg.asset
def parametrized() -> list[int]:
    return ["not an int"]


@dg.asset
def optional() -> int | None:
    return None


ran("wrong output", dg.materialize([wrong], raise_on_error=False))
with fails("wrong output raises"):
    dg.materialize([wrong])
ran("wrong input", dg.materialize([text, wants_int], raise_on_error=False))
ran("content of a list", dg.materialize([parametrized], raise_on_error=False))
ran("optional", dg.materialize([optional], raise_on_error=False))
