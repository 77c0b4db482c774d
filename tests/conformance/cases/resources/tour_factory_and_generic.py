import dagster as dg
from observe import fails, see

DIFFERS = {"ctx outside": "a call out of place, no mistake in a definition"}

from dagster._config.pythonic_config import ConfigurableResourceFactory


class Inner:
    def __init__(self, x):
        self.x = x


class F(ConfigurableResourceFactory[Inner]):
    x: int

    def create_resource(self, context) -> Inner:
        return Inner(self.x * 2)


class Holder(dg.ConfigurableResource):
    inner: dg.ResourceDependency[Inner]

    def v(self):
        return self.inner.x


@dg.asset
def a(f: dg.ResourceParam[Inner], h: Holder) -> list:
    return [type(f).__name__, f.x, h.v()]


r = dg.materialize([a], resources={"f": F(x=2), "h": Holder(inner=F(x=5))})
see("a", r.output_for_node("a"))


@dg.asset(required_resource_keys={"f"})
def b(context):
    return context.resources.f.x


see("b", dg.materialize([b], resources={"f": F(x=3)}).output_for_node("b"))


class Boom(ConfigurableResourceFactory[Inner]):
    def create_resource(self, context):
        raise ValueError("no")


with fails("boom"):
    dg.materialize([b], resources={"f": Boom()})


class NoCreate(ConfigurableResourceFactory[Inner]):
    x: int = 1


with fails("no create"):
    NoCreate()
    dg.materialize([b], resources={"f": NoCreate()})
with fails("abstract direct"):
    see("init", F(x=4).process_config_and_initialize().x)


class WithRes(dg.ConfigurableResource):
    a: int = 1

    def get_resource_context_ok(self):
        return self.get_resource_context().log is not None


@dg.asset
def c(w: WithRes):
    return w.get_resource_context_ok()


see("ctx", dg.materialize([c], resources={"w": WithRes()}).output_for_node("c"))
with fails("ctx outside"):
    WithRes().get_resource_context_ok()
see("from context", WithRes.from_resource_context(dg.build_init_resource_context(config={"a": 8})).a)
