import dagster as dg
from observe import fails, see

# Any object is a resource, asked for with ResourceParam.


class Client:
    def ask(self):
        return "answer"


@dg.asset
def a(client: dg.ResourceParam[Client], number: dg.ResourceParam[int], word: dg.ResourceParam[str]):
    return [client.ask(), number, word]


see("keys", sorted(a.required_resource_keys))
result = dg.materialize([a], resources={"client": Client(), "number": 5, "word": "w"})
see("value", result.output_for_node("a"))


@dg.asset
def b(client: Client): ...


see("without ResourceParam it is an asset", b.keys_by_input_name)
with fails("none"):

    @dg.asset
    def c(nothing: dg.ResourceParam[object]):
        return nothing

    see("none value", dg.materialize([c], resources={"nothing": None}).output_for_node("c"))
see("dict value", dg.materialize([dg.asset(name="d")(lambda: 1)], resources={"x": {"a": 1}}).success)
