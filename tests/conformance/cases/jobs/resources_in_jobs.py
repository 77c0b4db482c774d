import dagster as dg
from observe import fails, ran, see

# Resources of ops in jobs: required, by annotation, of other resources, overridden.

events = []


class Store(dg.ConfigurableResource):
    path: str

    def setup_for_execution(self, context):
        events.append(f"setup {self.path}")

    def teardown_after_execution(self, context):
        events.append(f"teardown {self.path}")


class Client(dg.ConfigurableResource):
    store: Store
    retries: int = 3


@dg.resource(config_schema={"size": int}, required_resource_keys={"store"})
def pool(context):
    events.append("pool")
    yield (context.resource_config["size"], context.resources.store.path)
    events.append("pool ends")


@dg.op(required_resource_keys={"pool"})
def uses_pool(context):
    events.append("uses_pool")
    return context.resources.pool


@dg.op
def uses_client(client: Client, text: dg.ResourceParam[str]):
    return [client.retries, client.store.path, text]


store = Store(path="s")


@dg.job(resource_defs={"store": store, "pool": pool, "client": Client(store=store), "text": "t"})
def j():
    uses_pool()
    uses_client()


result = j.execute_in_process({"resources": {"pool": {"config": {"size": 2}}}})
ran("run", result)
see("events", events)
see("values", [result.output_for_node("uses_pool"), result.output_for_node("uses_client")])
events.clear()
result = j.execute_in_process({"resources": {"pool": {"config": {"size": 2}}, "client": {"config": {"retries": 9}}}})
see("config", result.output_for_node("uses_client"))
with fails("no config"):
    j.execute_in_process()
result = j.execute_in_process(resources={"pool": "mine", "text": "other"})
see("given", [result.output_for_node("uses_pool"), result.output_for_node("uses_client")])
with fails("given one that is unknown"):
    j.execute_in_process({"resources": {"pool": {"config": {"size": 2}}}}, resources={"nothing": 1})
with fails("missing"):

    @dg.job
    def missing():
        uses_pool()

    missing.execute_in_process()
with fails("part missing"):

    @dg.job(resource_defs={"pool": pool})
    def half():
        uses_pool()

    half.execute_in_process({"resources": {"pool": {"config": {"size": 2}}}})
