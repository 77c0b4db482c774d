import dagster as dg
from observe import fails, see

# Resource parameters in direct invocation.


class Store(dg.ConfigurableResource):
    name: str


@dg.op
def use(store: Store, x: int):
    return f"{store.name} {x}"


@dg.op
def with_context(context, store: Store):
    return store.name


see("given", use(store=Store(name="a"), x=1))
see("in context", with_context(dg.build_op_context(resources={"store": Store(name="b")})))
see("argument and context", with_context(dg.build_op_context(), store=Store(name="c")))
with fails("missing"):
    with_context(dg.build_op_context())
with fails("twice"):
    with_context(dg.build_op_context(resources={"store": Store(name="b")}), store=Store(name="c"))
