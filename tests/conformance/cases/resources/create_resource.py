import dagster as dg
from observe import see

# A factory gives another object than itself.


class Client:
    def __init__(self, url):
        self.url = url


class ClientFactory(dg.ConfigurableResource):
    url: str

    def create_resource(self, context):
        return Client(self.url + "/made")


class Factory(dg.ConfigurableResource):
    url: str

    def create_resource(self, context) -> Client:
        return Client(self.url)


@dg.asset(required_resource_keys={"client"})
def a(context):
    return [type(context.resources.client).__name__, context.resources.client.url]


@dg.asset
def b(client: dg.ResourceParam[Client]):
    return [type(client).__name__, client.url]


for label, resource in {"one": ClientFactory(url="u"), "two": Factory(url="v")}.items():
    result = dg.materialize([a, b], resources={"client": resource})
    see(label, [result.output_for_node("a"), result.output_for_node("b")])
