import dagster as dg
from observe import see

# A diamond of dependencies runs everything once, in order.

order = []


def node(name, *deps):
    @dg.asset(name=name, deps=deps)
    def made() -> None:
        order.append(name)

    return made


dg.materialize([node("d", "b", "c"), node("c", "a"), node("b", "a"), node("a")])
see("order", order)
