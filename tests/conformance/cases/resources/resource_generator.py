import dagster as dg
from observe import see

# Generator resources are torn down in the reverse order.

order = []


def make(name, *needs):
    @dg.resource(required_resource_keys=set(needs))
    def made(context):
        order.append(f"{name} up")
        try:
            yield name
        finally:
            order.append(f"{name} down")

    return made


@dg.op(required_resource_keys={"c"})
def look(context):
    order.append("op")


@dg.job(resource_defs={"a": make("a"), "b": make("b", "a"), "c": make("c", "b")})
def j():
    look()


j.execute_in_process()
see("order", list(order))
order.clear()


@dg.op(required_resource_keys={"c"})
def bad(context):
    raise ValueError("x")


@dg.job(resource_defs={"a": make("a"), "b": make("b", "a"), "c": make("c", "b")})
def k():
    bad()


k.execute_in_process(raise_on_error=False)
see("with a failure", order)
