import dagster as dg
from observe import fails, see

# Each asset names its manager, and the reader uses the writer's.

calls = []


class Shelf(dg.ConfigurableIOManager):
    name: str

    def handle_output(self, context, obj):
        calls.append(f"{self.name} stores {context.asset_key.to_user_string()}")

    def load_input(self, context):
        calls.append(f"{self.name} loads {context.asset_key.to_user_string()}")
        return self.name


@dg.asset(io_manager_key="one")
def a():
    return 1


@dg.asset(io_manager_key="two")
def b(a):
    return a


dg.materialize([a, b], resources={"one": Shelf(name="one"), "two": Shelf(name="two")})
see("calls", calls)
see("keys", [sorted(a.required_resource_keys), sorted(b.required_resource_keys)])
with fails("missing at validate"):
    dg.Definitions.validate_loadable(dg.Definitions(assets=[a, b], resources={"one": Shelf(name="one")}))
with fails("missing at materialize"):
    dg.materialize([a, b], resources={"one": Shelf(name="one")})
