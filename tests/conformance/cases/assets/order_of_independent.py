import dagster as dg
from observe import see

# In which order assets run that do not depend on each other.

order = []


def node(name, *deps, **tags):
    @dg.asset(name=name, deps=deps, op_tags=tags)
    def made() -> None:
        order.append(name)

    return made


dg.materialize([node("z"), node("m"), node("a")])
see("by name", list(order))
order.clear()
dg.materialize([node("z", **{"dagster/priority": "5"}), node("m"), node("a", **{"dagster/priority": "-1"})])
see("by priority", list(order))
order.clear()
dg.materialize([node("b"), node("a", "b"), node("c"), node("d", "c")])
see("depth or breadth", order)
