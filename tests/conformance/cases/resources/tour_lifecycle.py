import dagster as dg
from observe import fails, ran, see

seen = []


class L(dg.ConfigurableResource):
    n: str

    def setup_for_execution(self, context):
        seen.append(
            ["setup", self.n, type(context).__name__, context.run is not None if hasattr(context, "run") else None]
        )

    def teardown_after_execution(self, context):
        seen.append(["teardown", self.n])


from contextlib import contextmanager


class Y(dg.ConfigurableResource):
    n: str

    @contextmanager
    def yield_for_execution(self, context):
        seen.append(["enter", self.n])
        try:
            yield self
        finally:
            seen.append(["exit", self.n])


@dg.resource(config_schema={"s": str})
def gen(context):
    seen.append(["gen", context.resource_config["s"]])
    try:
        yield context.resource_config["s"]
    finally:
        seen.append(["gen end"])


@dg.asset(required_resource_keys={"gen"})
def a0(context):
    return context.resources.gen


@dg.asset(deps=[a0])
def a(context, l: L, y: Y):
    seen.append("a")


@dg.asset(deps=[a])
def b(l: L):
    seen.append("b")
    raise ValueError("x")


r = dg.materialize(
    [a0, a, b],
    resources={"l": L(n="1"), "y": Y(n="2"), "gen": gen.configured({"s": "q"}), "unused": L(n="un")},
    raise_on_error=False,
)
see("seen", seen)
see("ok", r.success)
seen.clear()


class Bad(dg.ConfigurableResource):
    def setup_for_execution(self, context):
        raise RuntimeError("no")


@dg.asset
def c(bad: Bad):
    return 1


ran("bad", dg.materialize([c], resources={"bad": Bad()}, raise_on_error=False))
with fails("bad raises"):
    dg.materialize([c], resources={"bad": Bad()})


@dg.resource
def failing(_):
    raise KeyError("k")


@dg.asset(required_resource_keys={"f"})
def d():
    return 1


with fails("failing"):
    dg.materialize([d], resources={"f": failing})
