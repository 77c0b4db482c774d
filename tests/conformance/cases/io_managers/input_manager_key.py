import dagster as dg
from observe import fails, see

# Loading with another manager than the one that stored.


class Shelf(dg.ConfigurableIOManager):
    name: str

    def handle_output(self, context, obj): ...

    def load_input(self, context):
        return f"{self.name} {context.asset_key.to_user_string()} by {context.upstream_output.step_key if context.upstream_output else None}"


@dg.asset
def a():
    return 1


@dg.asset(ins={"a": dg.AssetIn(input_manager_key="reader")})
def b(a):
    return a


@dg.asset(ins={"x": dg.AssetIn("a", input_manager_key="reader")})
def c(a, x):
    return [a, x]


resources = {"io_manager": Shelf(name="writer"), "reader": Shelf(name="reader")}
see("b", dg.materialize([a, b], resources=resources).output_for_node("b"))
with fails("missing"):
    dg.materialize([a, b], resources={"io_manager": Shelf(name="writer")})
see("needs", sorted(b.required_resource_keys))
