import dagster as dg
from observe import fails, see

# Star parameters of an asset function.

DIFFERS = {
    "inputs of keyword only": "a parameter is an input, wherever it stands",
    "keyword only": "a parameter is an input, wherever it stands",
    "value of keyword only": "a parameter is an input, wherever it stands",
}

with fails("args"):

    @dg.asset
    def a(*things): ...


with fails("kwargs"):

    @dg.asset
    def b(**things):
        return sorted(things)

    see("inputs", b.keys_by_input_name)


@dg.asset
def x():
    return 1


with fails("kwargs with ins"):

    @dg.asset(ins={"x": dg.AssetIn()})
    def c(**things):
        return things

    see("value", dg.materialize([x, c]).output_for_node("c"))


@dg.asset
def d(*, x):
    return x + 1


see("inputs of keyword only", d.keys_by_input_name)
with fails("keyword only"):
    see("value of keyword only", dg.materialize([x, d]).output_for_node("d"))
