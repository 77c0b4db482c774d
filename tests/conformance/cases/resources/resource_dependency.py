import dagster as dg
from observe import fails, see

# ResourceDependency takes any resource.

DIFFERS = {
    "missing": "a resource that is not given is found at once",
}


class Client:
    name = "client"


@dg.resource(config_schema={"n": int})
def numbered(context):
    return context.resource_config["n"]


class Holder(dg.ConfigurableResource):
    client: dg.ResourceDependency[Client]
    suffix: str = "!"

    def name(self):
        return self.client.name + self.suffix


class Counter(dg.ConfigurableResource):
    number: dg.ResourceDependency[int]


@dg.asset
def a(holder: Holder):
    return holder.name()


@dg.asset
def b(counter: Counter):
    return counter.number


see("plain object", dg.materialize([a], resources={"holder": Holder(client=Client())}).output_for_node("a"))
see("plain number", dg.materialize([b], resources={"counter": Counter(number=3)}).output_for_node("b"))
see(
    "function",
    dg.materialize([b], resources={"counter": Counter(number=numbered.configured({"n": 7}))}).output_for_node("b"),
)
with fails("missing"):
    Holder()
